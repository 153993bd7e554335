//! Branches of the insurer, its agents and employees: a small hierarchy that needs no memory of its own.

use crate::{day::Day, names, random::SplitMix64};

/// A branch in a city (支公司).
#[derive(Debug, Clone, Copy, Default)]
pub struct Branch {
    /// Its code: two digits of the province, two of the city.
    pub code: &'static str,
    /// Province and city as addresses have them.
    pub province: &'static str,
    /// The city.
    pub city: &'static str,
    /// The province's character on plates.
    pub plate: &'static str,
    /// The area code of its telephones.
    pub area: &'static str,
}

const fn branch(
    code: &'static str,
    province: &'static str,
    city: &'static str,
    plate: &'static str,
    area: &'static str,
) -> Branch {
    Branch { code, province, city, plate, area }
}

/// Branches by their weight in the book.
pub const BRANCHES: [(i64, Branch); 20] = [
    (9, branch("3301", "浙江省", "杭州", "浙", "0571")),
    (6, branch("3302", "浙江省", "宁波", "浙", "0574")),
    (4, branch("3303", "浙江省", "温州", "浙", "0577")),
    (8, branch("3201", "江苏省", "南京", "苏", "025")),
    (7, branch("3205", "江苏省", "苏州", "苏", "0512")),
    (8, branch("4401", "广东省", "广州", "粤", "020")),
    (8, branch("4403", "广东省", "深圳", "粤", "0755")),
    (4, branch("4406", "广东省", "佛山", "粤", "0757")),
    (6, branch("5101", "四川省", "成都", "川", "028")),
    (2, branch("5107", "四川省", "绵阳", "川", "0816")),
    (5, branch("3701", "山东省", "济南", "鲁", "0531")),
    (5, branch("3702", "山东省", "青岛", "鲁", "0532")),
    (5, branch("4201", "湖北省", "武汉", "鄂", "027")),
    (2, branch("4205", "湖北省", "宜昌", "鄂", "0717")),
    (4, branch("3401", "安徽省", "合肥", "皖", "0551")),
    (4, branch("4101", "河南省", "郑州", "豫", "0371")),
    (3, branch("6101", "陕西省", "西安", "陕", "029")),
    (3, branch("3501", "福建省", "福州", "闽", "0591")),
    (3, branch("2101", "辽宁省", "沈阳", "辽", "024")),
    (2, branch("1301", "河北省", "石家庄", "冀", "0311")),
];

const ROADS: [&str; 16] = [
    "和平", "人民", "解放", "建设", "中山", "新华", "文化", "长江", "黄河", "光明", "幸福", "团结", "青年", "学院",
    "滨河", "朝阳",
];

/// Code of the head office (总公司).
pub const HEAD_OFFICE: &str = "0000";
/// Employees (员工) of a branch who sign, keep customers and handle.
const EMPLOYEES: i64 = 24;
/// Brokers (经纪机构) of a branch.
const BROKERS: i64 = 3;
/// Agents of a team (代理人团队); the first leads it.
pub const TEAM: i64 = 10;

/// How many agents each branch has in a book with so many customers.
#[must_use]
pub fn agents_of_branch(customers: u64) -> i64 {
    i64::try_from(customers).unwrap_or(i64::MAX).checked_div(3_000).unwrap_or_default().clamp(3, 2_000)
}

/// An agent's code.
#[must_use]
pub fn agent(branch: &Branch, number: i64) -> String {
    format!("A{}{number:04}", branch.code)
}

/// One of a branch's agents.
pub fn some_agent(random: &mut SplitMix64, branch: &Branch, agents: i64) -> String {
    agent(branch, random.between(1, agents))
}

/// One of a branch's brokers.
pub fn some_broker(random: &mut SplitMix64, branch: &Branch) -> String {
    broker(branch, random.between(1, BROKERS))
}

fn broker(branch: &Branch, number: i64) -> String {
    format!("B{}{number:04}", branch.code)
}

/// One of a branch's employees.
pub fn some_employee(random: &mut SplitMix64, branch: &Branch) -> String {
    format!("E{}{:02}", branch.code, random.between(1, EMPLOYEES))
}

/// An address (地址) in the branch's city, in a made-up district.
pub fn address(random: &mut SplitMix64, branch: &Branch, business: bool) -> String {
    let (road, number) = (random.pick(&ROADS), random.between(1, 999));
    let Branch { province, city, .. } = branch;
    let (building, floor, door) = (random.between(1, 40), random.between(1, 28), random.between(1, 6));
    if business {
        return format!("{province}{city}市示范区{road}路{number}号{floor}层");
    }
    format!("{province}{city}市示范区{road}路{number}号{building}幢{floor}0{door}室")
}

/// A row of `branches.csv`: code, name, level, parent, province, city.
#[must_use]
pub fn branch_rows() -> Vec<[String; 6]> {
    let text = str::to_owned;
    let mut rows = vec![[HEAD_OFFICE, "示例财产保险总公司", "head_office", "", "", ""].map(text)];
    let mut provinces: Vec<&str> = Vec::new();
    for (_, branch) in &BRANCHES {
        let above = format!("{}00", branch.code.get(..2).unwrap_or_default());
        if !provinces.contains(&branch.province) {
            provinces.push(branch.province);
            let name = format!("{}分公司", branch.province);
            rows.push([above.clone(), name, text("province"), text(HEAD_OFFICE), text(branch.province), String::new()]);
        }
        let name = format!("{}中心支公司", branch.city);
        rows.push([text(branch.code), name, text("city"), above, text(branch.province), text(branch.city)]);
    }
    rows
}

/// A row of `agents.csv`: code, name, kind, branch, superior, since, until.
#[must_use]
pub fn agent_rows(seed: u64, branch: &Branch, agents: i64, first_day: Day) -> Vec<[String; 7]> {
    let mut random =
        SplitMix64::of_part(seed, branch.code.bytes().fold(1 << 40, |sum, byte| sum * 31 + u64::from(byte)));
    let mut rows = Vec::new();
    for number in 1..=agents {
        let leader = (number - 1) / TEAM * TEAM + 1;
        let superior = if leader == number { String::new() } else { agent(branch, leader) };
        let surname = names::surname(&mut random);
        let male = random.percent(45);
        let name = names::person(&mut random, surname, male);
        let since = first_day.plus(-random.between(1, 4_000)).to_string();
        rows.push([agent(branch, number), name, "agent".into(), branch.code.into(), superior, since, String::new()]);
    }
    for number in 1..=BROKERS {
        let name = format!("示例{}第{number}保险经纪有限公司", branch.city);
        let since = first_day.plus(-random.between(1, 4_000)).to_string();
        let none = String::new();
        rows.push([broker(branch, number), name, "broker".into(), branch.code.into(), none.clone(), since, none]);
    }
    rows
}
