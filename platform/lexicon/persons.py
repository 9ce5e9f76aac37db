"""Where a text names a person: after a word that introduces one, or by a name with a title (王建国博士, Prof. Wang).

Chinese writes no gaps: 高级工程师 could be a Mr. Gao by its characters. A surname that begins many words counts only at
the beginning of a phrase, and a given name holds no character of the words that stand before titles.
"""

import re
from typing import Final

CLEAR_SURNAMES: Final = (
    "王李张刘陈杨赵吴徐孙朱胡郭郑梁邓冯曹彭肖董潘袁蔡蒋魏吕卢姚沈姜崔谭邹熊孟秦阎薛尹侯陶黎贺顾郝龚邵钱覃戴莫汤廖范傅"
)
WORDY_SURNAMES: Final = "黄周马何林高罗谢宋唐许韩曾田余于杜叶程苏丁任钟陆方石白江段雷龙史毛万严武向孔金夏"
DOUBLE_SURNAMES: Final = "欧阳|诸葛|上官|皇甫|司徒|令狐|慕容|尉迟|夏侯"
SURNAMES: Final = CLEAR_SURNAMES + WORDY_SURNAMES

TITLE: Final = (
    "(?:副|特聘|首席|高级|正高级|助理)?"
    "(?:教授(?!级)|院士|博士(?![后点学])|研究员|总工程师|工程师|[总高]工(?![一-龥])|先生|女士|小姐|老师|主任|经理|厂长|院长|所长"
    "|总经理|董事长|总裁)"
)
TITLE_BEFORE: Final = "(?:教授|院士|博士|研究员|总工|工程师|负责人|科学家)"
LEADS_ON: Final = "(?![一-龥])|(?=等|团队|课题组|负责|牵头|带领|主持|领衔|提出|研发)"
PHRASE_BEGINS: Final = "(?:(?<![一-龥0-9])|(?<=[由与和及请找邀聘经是为]))"

NOT_GIVEN: Final = (
    "级校等层端温名位个的了和与及或是之其在为对从所有者类型种州省市区县院系部业术职称某各多种间期分频压能纯速量度质器件料工"
    "公司会事厂副总教授博研员专家问瓷电酸碱管炉铁薪被引课物油烯案片序控热场边血获曾经任汽机械材氏式法内外"
)
WORDS: Final = (
    "韩国|沈阳|杨凌|江西|江南|江北|江苏|武汉|唐山|苏南|夏季|马来|马达|雷达|石墨|高水|金属|万象|白天|高学|高新|高文"
)
"""Words and places that begin as a name does."""

GIVEN: Final = rf"(?:(?![{NOT_GIVEN}])[一-龥])"
NOT_WORDS: Final = rf"(?!{WORDS}|.{{1,2}}学{TITLE})"

INTRODUCED: Final = (
    rf"联系人[: 是为]+[{SURNAMES}][一-龥]{{1,3}}"
    rf"|(?:联系|咨询|请找|致电)[: ]?[{SURNAMES}][一-龥]{{0,2}}(?:先生|女士|小姐|经理|老师|工程师|[总工](?![一-龥]))"
)
TITLED: Final = (
    rf"{NOT_WORDS}[{CLEAR_SURNAMES}]{GIVEN}{{1,2}}{TITLE}"
    rf"|{PHRASE_BEGINS}{NOT_WORDS}(?:[{WORDY_SURNAMES}]{GIVEN}{{1,2}}|(?:{DOUBLE_SURNAMES}){GIVEN}{{0,2}}){TITLE}"
    rf"|{PHRASE_BEGINS}[{CLEAR_SURNAMES}]{TITLE}"
    rf"|{TITLE_BEFORE}{NOT_WORDS}[{CLEAR_SURNAMES}]{GIVEN}{{1,2}}(?:{LEADS_ON})"
)
WHOLE: Final = re.compile(
    rf"{NOT_WORDS}[{CLEAR_SURNAMES}]{GIVEN}{{1,3}}|{NOT_WORDS}[{WORDY_SURNAMES}]{GIVEN}{{2,3}}"
    rf"|(?:{DOUBLE_SURNAMES}){GIVEN}{{1,2}}|[A-Z][a-z]+(?:[ -][A-Z][a-z]+)+"
)
ENGLISH: Final = (
    r"(?<![A-Za-z0-9])(?<!\d )(?:Prof(?:essor)?\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.|Academician) "
    r"(?!Level|Emeritus|Of|And)[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}"
)
PERSON: Final = re.compile(f"{INTRODUCED}|{TITLED}|{ENGLISH}")


def is_whole_name(words: str) -> bool:
    """Whether words are written as surname and given name are (王建国, 欧阳明, San Zhang), and not as a word of the
    language or of an office may be (检测, 园区负责人, matching). Two characters with a wordy surname are no name.
    """
    return bool(WHOLE.fullmatch(words))
