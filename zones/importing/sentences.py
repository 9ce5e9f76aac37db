"""What is wrong with a cell or row and what to do: codes in the rows, sentences here, in the language of the reader."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zones.errors import listed

SENTENCES: dict[str, Promise] = {
    "required": _("未填写：请补充。"),
    "too_long": _("%(length)d 字，最多 %(limit)d 字：请缩短。"),
    "control_character": _("含有不可见的控制字符：请删除后重新填写。"),
    "formula": _("公式没有保存计算结果：请在 Excel 中打开并保存，或粘贴为数值。"),
    "error": _("单元格是错误值（如 #REF!）：请更正公式，或直接填写内容。"),
    "formula_text": _("以“=”开头，会被当作公式：请改为文字或数值。"),
    "not_whole": _("“%(text)s”不是整数：请只填数字，如 2。"),
    "not_a_number": _("“%(text)s”不是数字：请只填数字，如 3000。"),
    "not_an_amount": _("“%(text)s”不是金额：请填数字，可带单位，如 35万元。"),
    "no_unit": _("金额没有单位：请在表头写“（万元）”或“（元）”，或在单元格中写明。"),
    "out_of_range": _("超出范围：应在 %(low)s 与 %(high)s 之间。"),
    "not_a_date": _("“%(text)s”不是日期：请填 2024-03-05 或 2024年3月5日。"),
    "no_day": _("“%(text)s”没有写到日：请填完整日期，如 2024-03-05。"),
    "unknown_code": _("代码表中没有“%(text)s”：请填代码表中的代码或名称。"),
    "unknown_choice": _("“%(text)s”不在可选项中：请填 %(choices)s。"),
    "not_yes_no": _("“%(text)s”不是“是”或“否”：请填其中之一。"),
    "repeated_id": _("编号与第 %(row)d 行相同：请更正其中一个，或删去重复的行。"),
    "repeated_name": _("同一单位的名称与第 %(row)d 行相同：请在名称后加型号或编号以示区别。"),
    "same_record": _("与第 %(row)d 行指的是同一条记录（按编号或按名称）：请合并为一行，或改名以示区别。"),
    "unknown_parent": _("本文件中没有编号为“%(text)s”的主机：请把主机与部件放在同一文件，并核对编号。"),
    "parent_is_part": _("第 %(row)d 行本身是部件：部件请直接归到成套设备之下。"),
    "unknown_laboratory": _("本园区没有编号或名称为“%(text)s”的实验室：请先导入实验室，或更正名称。"),
    "id_in_use": _("该编号在本园区已用于另一类资源：请更正编号。"),
    "name_in_use": _("该单位已登记同名资源，编号为“%(text)s”：请填写该编号，或修改名称。"),
    "changed_since": _("记录在导出后已被修改（文件中为版本 %(ours)d，现为 %(theirs)d）：请重新导出，再修改。"),
    "changed_meanwhile": _("核对之后，记录已被他人修改：请重新核对。"),
    "comes_back": _("该记录已下线，写入后将重新上线。"),
    "other_zone": _("此行属于“%(text)s”，而本文件导入到%(zone)s：请把该行移到那个园区的文件，或更正此列。"),
    "new_organization": _("本园区尚无此单位，写入时将新建：请核对名称。"),
}
NOTES = {"comes_back", "new_organization"}
CONFLICTS = {"id_in_use", "name_in_use", "changed_since", "changed_meanwhile"}


def add_sentences(
    sentences: Mapping[str, Promise], *, notes: Collection[str] = (), conflicts: Collection[str] = ()
) -> None:
    """What an importer of a floor above has to say: errors, but for those that are notes or conflicts."""
    SENTENCES.update(sentences)
    NOTES.update(notes)
    CONFLICTS.update(conflicts)


class Fault(NamedTuple):
    """One message of a row. `cell` is its address in the file (C5), `title` its column as the file names it, `written`
    what stands in the cell.
    """

    code: str
    field: str
    title: str
    cell: str
    params: dict[str, Any]
    written: str = ""

    @property
    def sentence(self) -> str:
        return sentence(self.code, self.params)


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """In the language that is active; a parameter that is words by language is listed in it."""
    language = "zh-hans" if (translation.get_language() or "zh-hans").startswith("zh") else "en"
    told = {name: listed(value[language]) if isinstance(value, dict) else value for name, value in params.items()}
    return str(SENTENCES[code]) % told


def both_languages(code: str, params: Mapping[str, Any]) -> dict[str, str]:
    """Chinese and English, for what machines read."""
    found = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            found[key] = sentence(code, params)
    return found
