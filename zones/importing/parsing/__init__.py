"""Reading strangers' files: runs in a child process with memory, CPU and wall limits; knows neither Django nor rows of
ours.
"""
