"""What tells who wrote a text is found where it stands; ordinary engineering numbers are left alone."""

import pytest

from lexicon.leaks import find_leaks


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [(leak.kind.value, text[leak.start : leak.end]) for leak in find_leaks({"text": text}, names=names)]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("请联系 13812345678。", "mobile", "13812345678"),
        ("请联系１３８－１２３４－５６７８谢谢", "mobile", "１３８－１２３４－５６７８"),
        ("+86 138 1234 5678 接听", "mobile", "+86 138 1234 5678"),
        ("座机（０２４）８８８８６６６６转", "landline", "（０２４）８８８８６６６６"),
        ("拨010-66668888-802", "landline", "010-66668888-802"),
        ("热线400-810-1234", "landline", "400-810-1234"),
        ("电话：8888-6666", "landline", "电话：8888-6666"),
        ("微信号：zone_link88", "messenger", "微信号：zone_link88"),
        ("加QQ 123456789", "messenger", "QQ 123456789"),
        ("写信 li.lei＠example．cn 即可", "email", "li.lei＠example．cn"),
        ("见https://example.cn/a?b=1，谢谢", "url", "https://example.cn/a?b=1"),
        ("官网example.com.cn可查", "url", "example.com.cn"),
        ("代码91110108551385082Q的企业", "credit_code", "91110108551385082Q"),
        ("基于ZL202010123456.7改进", "patent", "ZL202010123456.7"),
        ("公开号CN112345678A", "patent", "CN112345678A"),
        ("申请号202010123456.X", "patent", "202010123456.X"),
        ("见PCT/CN2020/123456", "patent", "PCT/CN2020/123456"),
        ("联系人：王小明", "person", "联系人：王小明"),
        ("请找李女士", "person", "请找李女士"),
        ("张三丰教授课题组的方法", "person", "张三丰教授"),
        ("拟由王建国博士牵头", "person", "王建国博士"),
        ("论张三丰先生的学术思想", "person", "张三丰先生"),
        ("请李教授指导", "person", "李教授"),
        ("与高小明研究员合作", "person", "高小明研究员"),
        ("欧阳明高院士团队", "person", "欧阳明高院士"),
        ("李明副教授提出", "person", "李明副教授"),
        ("由首席科学家王建国牵头", "person", "科学家王建国"),
        ("with Prof. Zhang Sanfeng", "person", "Prof. Zhang Sanfeng"),
        ("写信 13812@163.com 即可", "email", "13812@163.com"),
        ("见 HTTPS://EXAMPLE.COM 或来函", "url", "HTTPS://EXAMPLE.COM"),
        ("官网Example.ai可查", "url", "Example.ai"),
        ("拨010-8888-6666", "landline", "010-8888-6666"),
        ("拨0755 2345 6789", "landline", "0755 2345 6789"),
        ("+86 755 23456789 接听", "landline", "+86 755 23456789"),
        ("手机138.0013.8000", "mobile", "138.0013.8000"),
        ("qq 号 123456", "messenger", "qq 号 123456"),
        ("张三13800138000", "mobile", "13800138000"),
        ("请拨一三八一二三四五六七八", "mobile", "一三八一二三四五六七八"),
        ("请拨幺三八—一二三四—五六七八", "mobile", "幺三八—一二三四—五六七八"),
        ("请拨138·1234·5678", "mobile", "138·1234·5678"),
        ("拨零二四—八八八八六六六六", "landline", "零二四—八八八八六六六六"),
    ],
)
def test_an_identity_is_found_where_it_stands(text: str, kind: str, part: str) -> None:
    assert found(text) == [(kind, part)]


@pytest.mark.parametrize(
    "text",
    [
        "孔隙率 ≤ 0.02412345678，烧结压力 15000000 Pa",
        "2026年11月26日前完成，周期 24 个月，预算 1000-2000 万元",
        "型号 GB/T 32100-2015，含 ASP.NET 与 Node.js 平台",
        "开发微信小程序与 WeChat miniprogram",
        "细胞浓度 13800000000.5 个/mL，10000000000 次循环",
        "序列号 912345678901234567 的设备",
        "项目负责人须具备高级职称，加工精度 5 μm",
        "高级工程师、高级经理、高校教授、高水平博士、高层次教授，李总工程量",
        "NV 色心、CN 键、US FDA 认证、ISO 13485:2016",
        "功耗 ≤5W@0.9V，增益 ≥30dB @ 2.4GHz，纯度 99.5%@25.0℃，EMC@30.1MHz",
        "波长 1310 1550 850 nm，尺寸 1500-2000-300 mm，寿命 13500000000 次",
        "波段 400-800-1200 nm，接口 AVX: pcie-gen4",
        "人工智能教授级高工，江苏大学教授，软件工程教授，工程力学教授，郑州大学教授，陶瓷工程师，沈阳教授工作站",
        "需 10余名博士、许多教授、任课老师、马达工程师、程序工程师、顾问博士、林业教授、韩国教授、博士后工作站",
        "由高分子教授与高频工程师组成，经高端装备总工程师评审，曾任教授，提高青年教授占比，周边院所主任",
        "professor level staff, a Dr of science, 5 Mr units, Professor Emeritus",
        "联系高校化工专业，联系高端加工企业，联系人为企业技术部",
    ],
)
def test_ordinary_numbers_and_words_are_left_alone(text: str) -> None:
    assert found(text) == []


def found_alias(text: str, *aliases: str) -> list[str]:
    return [text[leak.start : leak.end] for leak in find_leaks({"text": text}, aliases=aliases)]


def test_a_short_name_that_is_an_ordinary_word_forbids_no_word() -> None:
    assert found_alias("a CNC machine with a GaN wafer and MEMS", "CNC", "GaN", "wafer", "MEMS") == []
    assert found_alias("a Jingrui CNC machine", "CNC", "Jingrui") == ["Jingrui"]
    assert found("a CNC machine of CNC Co., Ltd.", "CNC Co., Ltd.") == [("name", "CNC Co., Ltd.")]
    assert found("made by ABB here", "ABB") == [("name", "ABB")]


def test_english_names_are_found_however_their_words_are_joined() -> None:
    for text in ("Jingrui Semi", "jingrui-semi", "JINGRUISEMI"):
        assert found(f"by {text} 的产线", "Jingrui Semi Corporation") == [("name", text)]


def test_names_are_found_with_and_without_their_legal_form_in_every_width_and_case() -> None:
    names = ("晶锐半导体有限公司", "Jingrui Semi", "晶锐")
    assert found("晶銳半導體的产线与ＪＩＮＧＲＵＩ Semi品牌", *names) == [
        ("name", "晶銳半導體"),
        ("name", "ＪＩＮＧＲＵＩ Semi"),
    ]
    assert found("a semijingruix word", "jingrui") == []
    assert found("an Acme Robotics arm", "Acme Robotics Co., Ltd.") == [("name", "Acme Robotics")]
    assert found("晶锐科技的产线", "晶锐科技（集团）有限公司") == [("name", "晶锐科技")]


def test_a_leak_names_its_field() -> None:
    leaks = find_leaks({"title": "好", "summary": "电 13812345678"})
    assert [(leak.field, leak.start, leak.end) for leak in leaks] == [("summary", 2, 13)]
