"""Values of different units made comparable: 0.3 μm and 8 mm, 万元 and 亿元, 元/㎡·天 and 元/㎡·月.

Written units follow the habits of Chinese specifications: everything after a solidus is the denominator (W/m·K means
W/(m·K)), 万 and 亿 multiply, a working day is 7/5 of a day. Whatever is not understood compares with the same writing
only.
"""

import math
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import pint

from lexicon.normalise import clean

DEFINITIONS: Final = """
yuan = [currency] = 元 = 人民币 = CNY = RMB
usd = [currency_usd] = 美元 = USD
piece = [piece] = 片 = 枚 = 颗 = 只 = 个 = 件 = 块 = 粒 = pcs = ea
sheet = [sheet] = 张 = 幅
device = [device] = 台 = 套 = 台套 = 台件
line_count = [line_count] = 条
person = [person] = 人 = 名 = 位
occasion = [occasion] = 次 = 回
sortie = [sortie] = 架次
layer = [layer] = 层
firm = [firm] = 家
kind_count = [kind_count] = 种 = 类 = 款
item_count = [item_count] = 项
sample = [sample] = 样 = 样品
channel = [channel] = 路 = 通道
square = [square] = sq
full_scale = [full_scale] = FS
jnd = [jnd] = JND
decibel_level = [decibel_level] = 分贝
pixel_count = [pixel_count] = 像素
operation = [operation] = OPS
flop = [flop] = FLOPS
token_count = [token_count] = token
frame = [frame] = 帧
count_event = [count_event] = 计数
ratio = [ratio]
percent_ratio = 0.01 * ratio = 百分比
permille_ratio = 0.001 * ratio
ppm_ratio = 1e-6 * ratio
ppb_ratio = 1e-9 * ratio
ppt_ratio = 1e-12 * ratio
calendar_day = 86400 * second = 天 = 日 = 自然日
working_day = 1.4 * calendar_day = 工作日
calendar_week = 7 * calendar_day = 周 = 星期
calendar_year = 365.25 * calendar_day = 年
calendar_month = calendar_year / 12 = 月 = 个月
class_hour = 45 * minute = 学时 = 课时
clock_hour = 3600 * second = 小时 = 机时 = 时
clock_minute = 60 * second = 分钟 = 分
clock_second = second = 秒
mu_area = 10000 / 15 * meter ** 2 = 亩
torr_pressure = 133.322368 * pascal = Torr
revolution_count = [] = 转 = 圈
chinese_ton = 1000 * kilogram = 吨
chinese_kilogram = kilogram = 公斤 = 千克
chinese_gram = gram = 克
chinese_meter = meter = 米
chinese_kilometer = 1000 * meter = 公里 = 千米
chinese_litre = liter = 升
chinese_millilitre = 0.001 * liter = 毫升
chinese_milligram = 1e-6 * kilogram = 毫克
chinese_microgram = 1e-9 * kilogram = 微克
chinese_centimeter = 0.01 * meter = 厘米
chinese_millimeter = 0.001 * meter = 毫米
chinese_micrometer = 1e-6 * meter = 微米
chinese_nanometer = 1e-9 * meter = 纳米
chinese_inch = 0.0254 * meter = 英寸
chinese_millisecond = 0.001 * second = 毫秒
chinese_microsecond = 1e-6 * second = 微秒
chinese_hertz = 1 / second = 赫兹 = 赫
chinese_megahertz = 1e6 / second = 兆赫
chinese_gigahertz = 1e9 / second = 吉赫
chinese_watt = watt = 瓦
chinese_megawatt = 1e6 * watt = 兆瓦
chinese_watt_hour = 3600 * joule = 瓦时
chinese_hectare = 10000 * meter ** 2 = 公顷
gauss_field = 1e-4 * tesla = 高斯 = Gs
chinese_volt = volt = 伏
chinese_ampere = ampere = 安
chinese_pascal = pascal = 帕
chinese_megapascal = 1e6 * pascal = 兆帕
chinese_newton = newton = 牛
bit_count = [bit_count] = 比特
byte_count = 8 * bit_count = 字节
"""

ALIASES: Final = {
    "%": "percent_ratio",
    "‰": "permille_ratio",
    "ppm": "ppm_ratio",
    "ppb": "ppb_ratio",
    "ppt": "ppt_ratio",
    "℃": "degC",
    "°C": "degC",
    "摄氏度": "degC",
    "℉": "degF",
    "°F": "degF",
    "°": "deg",
    "度": "deg",
    "″": "arcsecond",
    "角秒": "arcsecond",
    "′": "arcminute",
    "角分": "arcminute",
    "h": "hour",
    "hr": "hour",
    "d": "calendar_day",
    "a": "calendar_year",
    "yr": "calendar_year",
    "r": "revolution_count",
    "rpm": "revolution_count/minute",
    "fps": "frame/second",
    "cps": "count_event/second",
    "kcps": "kilocount_event/second",
    "dB": "decibel_level",
    "dBA": "decibel_level",
    "百分点": "percent_ratio",
    "Nm": "newton*meter",
    "t": "chinese_ton",
    "□": "square",
    "sccm": "cm**3/minute",
    "bit": "bit_count",
    "Byte": "byte_count",
    "bps": "bit_count/second",
    "kbps": "kilobit_count/second",
    "Mbps": "megabit_count/second",
    "Gbps": "gigabit_count/second",
    "Tbps": "terabit_count/second",
    "kbit": "kilobit_count",
    "Mbit": "megabit_count",
    "Gbit": "gigabit_count",
    "KB": "kilobyte_count",
    "MB": "megabyte_count",
    "GB": "gigabyte_count",
    "TB": "terabyte_count",
    "PB": "petabyte_count",
    "TOPS": "teraoperation",
    "GOPS": "gigaoperation",
    "GFLOPS": "gigaflop",
    "TFLOPS": "teraflop",
    "PFLOPS": "petaflop",
    "EFLOPS": "exaflop",
    "kgce": "kilogram",
    "Nm3": "meter**3",
    "Gauss": "gauss_field",
    "√Hz": "hertz**0.5",
}
MULTIPLES: Final = {"百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
DIMENSIONLESS: Final = ""
TEMPERATURES: Final = {"degC": 273.15, "degF": 459.67 * 5 / 9}
DIFFERENCES: Final = {"degC": "K", "degF": "degR"}
SIGNS: Final = str.maketrans(
    {"−": "-", "–": "-", "⋅": "·", "∙": "·", "•": "·", "*": "·", "×": "·", "／": "/", "（": "(", "）": ")"}
)
UNREADABLE: Final = (
    pint.PintError,
    AssertionError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
)
"""What pint raises on a writing that is no unit."""
MAX_OPAQUE: Final = 40
OPAQUE: Final = re.compile(r"(?i)ph|b|dB\w+|%(?!FS$).+|.{41,}")
"""Writings that a unit parser would misread (pH is not picohenry, dBm not a decibel): comparable with themselves
only."""

MEASURES: Final = """
级 例 卡 批 代 座 箱 束 株 间 阶 份 格 色 轴 点 联 支 台型 口 处 辆 核 段 倍 根 孔 组 瓶 管 盒 桶 袋 罐 把
HRC HRA HRB HV HB kGs Gs lp 线对 m/z m z vg MPa·m1⁄2 MPa·m1/2 FS %FS
"""
NAMED: Final = frozenset(MEASURES.split())
"""Measures without a conversion of their own: known, and comparable with themselves only."""
POWER_OF_TEN: Final = re.compile(r"^\d+(?:\.\d+)?(?:\^-?\d+)?")

FACTOR: Final = re.compile(r"(?P<name>[^\W\d_]+)\^?(?P<power>-?\d)?")
"""A name is letters only: pint would evaluate anything else as an expression."""
MULTIPLE: Final = re.compile(r"(千万|百万|百|千|万|亿)(?=.)")
KEPT_SIGNS: Final = ("℃", "℉", "″", "′", "‰")


class Canonical(NamedTuple):
    """A value in base units and the dimension within which it may be compared."""

    value: float
    dimension: str


class Conversion(NamedTuple):
    """value_in_base = value · factor + offset."""

    factor: float
    offset: float
    dimension: str


def canonical(value: float, unit: str) -> Canonical:
    """Return the value in base units with the key of its dimension; never raises on a unit it does not know.

    Rounded to 12 significant digits, so that 0.3 mm equals 300 μm.
    """
    factor, offset, dimension = conversion(unit)
    converted = value * factor + offset
    if not math.isfinite(converted):
        return Canonical(converted, dimension)
    return Canonical(float(f"{converted:.12g}"), dimension)


@lru_cache(maxsize=4096)
def conversion(unit: str) -> Conversion:
    """Return how a written unit converts; an unknown one keeps its value and has its normalised writing as
    dimension."""
    written = normalise_unit(unit)
    if not written:
        return Conversion(1.0, 0.0, DIMENSIONLESS)
    if written in MULTIPLES:
        return Conversion(MULTIPLES[written], 0.0, DIMENSIONLESS)
    name = ALIASES.get(written, "")
    if name in TEMPERATURES:
        factor = 5 / 9 if name == "degF" else 1.0
        return Conversion(factor, TEMPERATURES[name], "[temperature]")
    try:
        return _compound(_readable(written))
    except UNREADABLE:
        return Conversion(1.0, 0.0, written.lower())


def difference_unit(unit: str) -> str:
    """Return the unit in which a difference of two values is written: ±0.5 ℃ is 0.5 K, not 273.65 K."""
    return DIFFERENCES.get(ALIASES.get(normalise_unit(unit), ""), unit)


def is_known(unit: str) -> bool:
    """Whether a written unit is one: it converts, or is a measure of its own (pH, dBm, HRC), or is made of such."""
    written = normalise_unit(unit)
    if not written or written in MULTIPLES or written in NAMED or written in ALIASES:
        return True
    if len(written) <= MAX_OPAQUE and OPAQUE.fullmatch(written):
        return True
    factors = filter(None, re.split(r"[/·()]", written))
    return all(factor in NAMED or _converts(factor) for factor in factors)


def _converts(factor: str) -> bool:
    bare = POWER_OF_TEN.sub("", factor)
    try:
        return not bare or bare in NAMED or _factor(bare) is not None
    except UNREADABLE:
        return False


def normalise_unit(unit: str) -> str:
    """Return one writing per unit: full-width forms, superscripts and blanks folded; case kept (mPa is not MPa)."""
    text = clean(unit).translate(SIGNS)
    folded = "".join(sign if sign in KEPT_SIGNS else unicodedata.normalize("NFKC", sign) for sign in text)
    return re.sub(r"\s+", "", folded.translate(SIGNS)).strip("·.±")


def _readable(written: str) -> str:
    """Refuse what only looks like a unit; write units that contain a solidus or brackets themselves without them."""
    if written not in ALIASES and OPAQUE.fullmatch(written):
        raise ValueError(written)
    return written.replace("台(套)", "台").replace("台/套", "台").replace("dB(A)", "dBA")


def _compound(written: str) -> Conversion:
    """Read numerator/denominator/…: each a product, brackets without effect; what cancels out keeps its name (h/year,
    mm/m)."""
    numerator, *denominators = written.split("/")
    upper, lower = _quantity(numerator), _quantity("·".join(denominators))
    factor = float(upper.magnitude) / float(lower.magnitude)
    if not denominators:
        return Conversion(factor, 0.0, _key(upper) or str(upper.units))
    return Conversion(factor, 0.0, _key(upper / lower) or f"{_key(upper)}/{_key(lower)}")


def _quantity(text: str) -> Any:
    """Multiply the factors of a product in base units."""
    result = registry().Quantity(1.0, "")
    for factor in filter(None, text.strip("()").replace("(", "·").replace(")", "·").split("·")):
        result = result * _factor(factor)
    return result.to_base_units()


def _factor(text: str) -> Any:
    """Read one factor with its Chinese multiple and its power: 万元, m3, s-1, 1000h."""
    number = re.match(r"\d+(?:\.\d+)?", text)
    if number is not None:
        rest = text[number.end() :]
        if not rest and len(text) > 6:
            raise ValueError(text)
        return float(number.group()) * (_factor(rest) if rest else registry().Quantity(1.0, ""))
    multiple = MULTIPLE.match(text)
    if multiple is not None and text not in ALIASES:
        return MULTIPLES[multiple.group()] * _factor(text[multiple.end() :])
    return _named(text)


def _named(text: str) -> Any:
    if text in ALIASES:
        return registry().Quantity(1.0, _absolute(ALIASES[text]))
    match = FACTOR.fullmatch(text)
    if match is None:
        raise ValueError(text)
    name = _absolute(ALIASES.get(match["name"], match["name"]))
    return registry().Quantity(1.0, name) ** int(match["power"] or 1)


def _absolute(name: str) -> str:
    """Inside a compound a degree is a difference: ℃/min and K/min are the same."""
    return "kelvin" if name == "degC" else name


def _key(quantity: Any) -> str:
    powers = sorted((name, power) for name, power in dict(quantity.dimensionality).items() if power)
    return "·".join(name if power == 1 else f"{name}^{power:g}" for name, power in powers)


@cache
def registry() -> pint.UnitRegistry[float]:
    """Return pint's registry extended by the units of Chinese specifications."""
    units: pint.UnitRegistry[float] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    for line in filter(None, map(str.strip, DEFINITIONS.splitlines())):
        units.define(line)
    return units
