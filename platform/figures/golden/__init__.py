"""The golden data set: what the article reports, fact by fact, with every trap that would make a figure wrong.

Where the article gives only a total, rows are made up that add up to it; they are samples and say so. One file per
area, tables in `data`; `loading.load_article` writes all of it through the services people use.
"""
