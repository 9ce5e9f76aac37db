"""Why a message was not taken: a word that is stored, and the sentence people read. Neither holds a secret."""

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Reason(StrEnum):
    ADDRESS = "address"
    NO_CONNECTION = "no_connection"
    BROKE_OFF = "broke_off"
    REDIRECT = "redirect"
    STATUS = "status"
    CODE = "code"
    UNREADABLE = "unreadable"
    BUSY = "busy"
    GONE = "gone"
    REST = "rest"
    OFF = "off"
    SEALED = "sealed"
    REFUSED = "refused"
    HIDDEN = "hidden"
    READ = "read"
    STOPPED = "stopped"
    INACTIVE = "inactive"
    NO_ADDRESS = "no_address"
    LEASE = "lease"
    ERROR = "error"
    RESTORED = "restored"


SENTENCES = {
    Reason.ADDRESS: gettext_lazy("地址不可用：须为公网 https 地址。请修改接收地址。"),
    Reason.NO_CONNECTION: gettext_lazy("无法连接对方服务器：请检查接收地址，稍后会再试。"),
    Reason.BROKE_OFF: gettext_lazy("对方没有答复完整，可能已收到：请在接收端查看。"),
    Reason.REDIRECT: gettext_lazy("对方要求跳转到别处，不予跟随：请填写最终的接收地址。"),
    Reason.STATUS: gettext_lazy("对方服务器答复有误：请检查接收端的日志。"),
    Reason.CODE: gettext_lazy("机器人拒绝了消息：请核对机器人的地址、密钥和安全设置。"),
    Reason.UNREADABLE: gettext_lazy("对方的答复无法识别，消息可能已送达：请在群里查看。"),
    Reason.BUSY: gettext_lazy("对方要求放慢：稍后会再试。"),
    Reason.GONE: gettext_lazy("对方表示不再接收：如需恢复，请核对地址后重新启用。"),
    Reason.OFF: gettext_lazy("已停用：启用后可重新发送。"),
    Reason.SEALED: gettext_lazy("地址和密钥无法读出：请重新填写。"),
    Reason.REFUSED: gettext_lazy("邮件服务器拒收：请核对收件地址与发信设置。"),
    Reason.HIDDEN: gettext_lazy("内容已处理完毕，或不再对收件人开放：未发出。"),
    Reason.READ: gettext_lazy("收件人已在站内读过：未发出。"),
    Reason.STOPPED: gettext_lazy("收件人已退订：未发出。"),
    Reason.INACTIVE: gettext_lazy("账号已停用：未发出。"),
    Reason.NO_ADDRESS: gettext_lazy("账号没有邮箱：请在账号资料中填写。"),
    Reason.ERROR: gettext_lazy("消息无法生成：请联系系统管理员查看日志。"),
    Reason.RESTORED: gettext_lazy("系统由备份恢复，管理员取消了当时待发的消息：请在站内查看。"),
    Reason.LEASE: gettext_lazy("发送途中中断，可能已送达：请向收件方核实后再决定是否重发。"),
    Reason.REST: gettext_lazy("为不超出对方的频率限制，稍后发送。"),
}


def told(reason: Reason, detail: object = "") -> str:
    """How a reason is stored: its word, and a number where there is one."""
    return f"{reason} {detail}".strip()


def explained(stored: str) -> str:
    """The sentence of a stored reason."""
    word, _blank, detail = stored.partition(" ")
    if word not in SENTENCES:
        return stored
    sentence = str(SENTENCES[Reason(word)])
    return _("%(sentence)s（%(detail)s）") % {"sentence": sentence, "detail": detail} if detail else sentence
