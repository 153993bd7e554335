//! Names of people and companies, put together from small tables of what is common.

use crate::random::SplitMix64;

/// Surnames (姓) by how common they are; two-character and rare ones among them, some outside GBK.
const SURNAMES: [(i64, &str); 62] = [
    (720, "王"),
    (710, "李"),
    (680, "张"),
    (540, "刘"),
    (450, "陈"),
    (310, "杨"),
    (230, "黄"),
    (220, "赵"),
    (210, "吴"),
    (200, "周"),
    (140, "徐"),
    (140, "孙"),
    (130, "马"),
    (130, "朱"),
    (120, "胡"),
    (120, "郭"),
    (110, "何"),
    (110, "林"),
    (110, "高"),
    (100, "罗"),
    (90, "郑"),
    (90, "梁"),
    (80, "谢"),
    (80, "宋"),
    (70, "唐"),
    (70, "许"),
    (70, "邓"),
    (60, "韩"),
    (60, "冯"),
    (60, "曹"),
    (50, "彭"),
    (50, "曾"),
    (50, "肖"),
    (50, "田"),
    (50, "董"),
    (50, "潘"),
    (50, "袁"),
    (50, "蔡"),
    (50, "蒋"),
    (50, "余"),
    (50, "于"),
    (50, "杜"),
    (40, "叶"),
    (40, "程"),
    (40, "魏"),
    (40, "苏"),
    (40, "吕"),
    (40, "丁"),
    (40, "任"),
    (40, "卢"),
    (40, "姚"),
    (40, "沈"),
    (40, "钟"),
    (30, "姜"),
    (30, "崔"),
    (30, "谭"),
    (20, "欧阳"),
    (10, "上官"),
    (10, "司马"),
    (10, "诸葛"),
    (3, "㑺"),
    (3, "䶮"),
];
const MALE: [&str; 48] = [
    "伟", "强", "磊", "军", "勇", "杰", "涛", "超", "明", "刚", "平", "辉", "鹏", "华", "飞", "鑫", "波", "斌", "宇",
    "浩", "凯", "健", "俊", "帆", "帅", "旭", "宁", "龙", "林", "志", "建", "国", "文", "海", "金", "玉", "东", "晨",
    "博", "子", "轩", "昊", "天", "一", "峰", "洋", "亮", "祥",
];
const FEMALE: [&str; 48] = [
    "芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "燕", "玲", "红", "英", "梅", "莉", "兰", "婷", "慧", "莹", "琳",
    "雪", "倩", "洁", "颖", "丹", "萍", "佳", "欣", "怡", "梦", "瑶", "诗", "涵", "雨", "桂", "秀", "淑", "凤", "琴",
    "云", "春", "月", "晓", "美", "思", "若", "可", "心", "妍",
];
/// Characters of given names that sound the same (同音字).
const SAME_SOUND: [(&str, &str); 24] = [
    ("伟", "玮"),
    ("静", "婧"),
    ("军", "君"),
    ("丽", "莉"),
    ("明", "铭"),
    ("华", "桦"),
    ("杰", "洁"),
    ("红", "虹"),
    ("磊", "垒"),
    ("婷", "亭"),
    ("洋", "扬"),
    ("宇", "雨"),
    ("浩", "昊"),
    ("佳", "嘉"),
    ("欣", "新"),
    ("琳", "林"),
    ("涛", "滔"),
    ("芳", "方"),
    ("敏", "闽"),
    ("峰", "锋"),
    ("斌", "彬"),
    ("慧", "惠"),
    ("颖", "影"),
    ("燕", "艳"),
];
/// Characters of company names (字号). Four of them make a name, and their order is that of the owner's number.
const COMPANY: [&str; 70] = [
    "云", "帆", "晨", "星", "远", "航", "瑞", "丰", "恒", "泰", "鼎", "盛", "宏", "图", "佳", "禾", "金", "谷", "安",
    "信", "通", "达", "华", "茂", "兴", "隆", "祥", "和", "润", "泽", "百", "川", "东", "升", "南", "山", "北", "辰",
    "天", "宇", "海", "纳", "青", "松", "长", "林", "广", "源", "同", "德", "正", "道", "新", "元", "永", "固", "利",
    "民", "康", "宁", "万", "方", "千", "里", "春", "秋", "嘉", "木", "清", "泉",
];

/// A person's name (姓名).
pub fn person(random: &mut SplitMix64, surname: &str, male: bool) -> String {
    let given = if male { &MALE } else { &FEMALE };
    let first = random.pick(given);
    if random.percent(22) {
        return format!("{surname}{first}");
    }
    format!("{surname}{first}{}", random.pick(given))
}

/// A surname.
pub fn surname(random: &mut SplitMix64) -> &'static str {
    random.weighted(&SURNAMES)
}

/// Two names that sound the same and are written with one character that differs.
pub fn same_sound(random: &mut SplitMix64) -> (String, String) {
    let surname = surname(random);
    let first = random.pick(&MALE);
    let (one, other) = random.pick(&SAME_SOUND);
    (format!("{surname}{first}{one}"), format!("{surname}{first}{other}"))
}

/// Two names that differ in one character and sound different.
pub fn one_character(random: &mut SplitMix64) -> (String, String) {
    let surname = surname(random);
    let (first, last) = (random.pick(&FEMALE), random.pick(&MALE));
    // The tables are apart but for sounds: another character of the women's table sounds unlike one of the men's.
    let other = if last == "伟" { "国" } else { "伟" };
    (format!("{surname}{first}{last}"), format!("{surname}{first}{other}"))
}

/// The short name of a company (简称): no two owners of a book have the same.
pub fn company(owner: i64) -> String {
    // 70⁴ names; the step has no divisor with 70.
    let mut place = owner * 9_999_999 % 24_010_000;
    let mut name = String::new();
    for _ in 0..4 {
        name.push_str(usize::try_from(place % 70).ok().and_then(|place| COMPANY.get(place)).unwrap_or(&""));
        place /= 70;
    }
    name
}

/// The name of a company: 示例 (example) stands in each, so that no real one is meant.
pub fn company_full(short_name: &str, city: &str, industry: &str) -> String {
    format!("示例{short_name}（{city}）{industry}有限公司")
}

/// The same with brackets of the other width.
pub fn half_width(name: &str) -> String {
    name.replace('（', "(").replace('）', ")")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn near_names_differ_in_one_character() {
        let mut random = SplitMix64::new(3);
        for _ in 0..500 {
            for (one, other) in [same_sound(&mut random), one_character(&mut random)] {
                assert_eq!(one.chars().count(), other.chars().count());
                assert_eq!(one.chars().zip(other.chars()).filter(|(one, other)| one != other).count(), 1);
            }
        }
    }

    #[test]
    fn companies_have_names_of_their_own() {
        let names: BTreeSet<String> = (0..50_000).chain(19_950_000..20_000_000).map(company).collect();
        assert_eq!(names.len(), 100_000);
    }
}
