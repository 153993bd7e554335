//! Customers: who they are, and their rows.

use std::io;

use crate::{
    book::Book,
    day::Day,
    names,
    places::{self, Branch},
    random::SplitMix64,
    sheet::{Line, id},
};

/// A customer (客户).
#[derive(Debug, Clone)]
pub struct Customer {
    /// Its running number.
    pub number: i64,
    /// Its id.
    pub id: String,
    /// What it is.
    pub party: Party,
    /// Name (姓名 / 名称).
    pub name: String,
    /// Kind of its document (证件类型), as the core names it.
    pub document_kind: &'static str,
    /// Number of its document (证件号码).
    pub document: String,
    /// Telephone (电话).
    pub phone: String,
    /// Mobile (手机).
    pub mobile: String,
    /// E-mail, in a domain that is kept for examples.
    pub email: String,
    /// Address (地址).
    pub address: String,
    /// How it came (来源渠道).
    pub channel: &'static str,
    /// Its agent or broker; empty with the other channels.
    pub agent: String,
    /// The employee who keeps it (客户经理).
    pub manager: String,
    /// Its branch (机构).
    pub branch: Branch,
    /// Customer since (建档日期).
    pub since: Day,
    /// Whether its name stands for something in its industry (品牌形象).
    pub standing: bool,
    /// Commercial credit (商业信用): good, fair, poor; empty where nothing is known.
    pub credit: &'static str,
    /// Whether it has not bought yet (准客户).
    pub prospect: bool,
    /// Its household (家庭), empty for none.
    pub household: String,
    /// Its group of companies (集团), empty for none.
    pub group: String,
    /// Whether it is blacklisted (黑名单).
    pub blacklisted: bool,
}

/// What a customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// A person (自然人).
    Person {
        /// Birth date.
        birth: Day,
        /// Whether a man; no column says so, the document does.
        male: bool,
        /// Occupation (职业).
        occupation: &'static str,
        /// Income band (收入).
        income: &'static str,
    },
    /// An organisation (单位).
    Organisation {
        /// Industry (行业).
        industry: &'static str,
    },
}

const OCCUPATIONS: [(i64, &str); 12] = [
    (18, "企业职员"),
    (12, "个体经营"),
    (10, "工人"),
    (9, "教师"),
    (8, "工程师"),
    (7, "销售人员"),
    (6, "司机"),
    (6, "医护人员"),
    (6, "公务员"),
    (6, "农民"),
    (5, "服务人员"),
    (7, "自由职业"),
];
const INCOMES: [(i64, &str); 5] =
    [(20, "under_50k"), (35, "50k_to_100k"), (28, "100k_to_200k"), (13, "200k_to_500k"), (4, "500k_and_more")];
const INDUSTRIES: [(i64, &str); 12] = [
    (18, "商贸"),
    (14, "建筑工程"),
    (12, "机械制造"),
    (10, "物流运输"),
    (8, "餐饮管理"),
    (8, "信息技术"),
    (7, "纺织服装"),
    (6, "食品加工"),
    (5, "医药"),
    (5, "农业开发"),
    (4, "物业服务"),
    (3, "文化传媒"),
];
const PERSON_CHANNELS: [(i64, &str); 5] =
    [(40, "agent"), (20, "direct"), (15, "telephone"), (15, "online"), (10, "broker")];
const COMPANY_CHANNELS: [(i64, &str); 3] = [(35, "direct"), (35, "broker"), (30, "agent")];
const CREDITS: [(i64, &str); 4] = [(45, ""), (25, "good"), (24, "fair"), (6, "poor")];
const DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];

impl Customer {
    /// Whether it is a person.
    #[must_use]
    pub const fn is_person(&self) -> bool {
        matches!(self.party, Party::Person { .. })
    }
}

impl Book {
    /// A person of about this age in years on the day when it came.
    pub fn person(&mut self, random: &mut SplitMix64, surname: &str, age: i64, since: Day, branch: Branch) -> Customer {
        let number = self.next_customer();
        let male = random.percent(55);
        let wanted = since.years_later(-age).plus(-random.between(0, 265));
        let (resident, birth) = self.identifiers.resident(number, wanted, male);
        let (document_kind, document) = match random.between(1, 1_000) {
            1..=5 => ("chinese_passport", format!("E{}", self.identifiers.eight_digits(number))),
            6..=10 => ("foreign_passport", format!("N{}", self.identifiers.eight_digits(number))),
            11..=16 => ("hk_macao_travel_permit", format!("H{}", self.identifiers.eight_digits(number))),
            _ => ("resident_id", resident),
        };
        let adult = age >= 18;
        let occupation = match age {
            ..18 => "学生",
            60.. => "退休人员",
            _ => random.weighted(&OCCUPATIONS),
        };
        let income = if adult { random.weighted(&INCOMES) } else { "" };
        let credit = if adult { random.weighted(&CREDITS) } else { "" };
        Customer {
            name: names::person(random, surname, male),
            document_kind,
            document,
            phone: String::new(),
            mobile: if adult { self.identifiers.mobile(number) } else { String::new() },
            email: if adult && random.percent(40) { email(random, number) } else { String::new() },
            address: places::address(random, &branch, false),
            credit,
            blacklisted: adult && random.between(1, 1_000) <= 3,
            ..self.anybody(
                random,
                number,
                Party::Person { birth, male, occupation, income },
                since,
                branch,
                &PERSON_CHANNELS,
            )
        }
    }

    /// A company.
    pub fn company(&mut self, random: &mut SplitMix64, since: Day, branch: Branch) -> Customer {
        let number = self.next_customer();
        let industry = random.weighted(&INDUSTRIES);
        Customer {
            name: names::company_full(&names::company(number), branch.city, industry),
            document_kind: "social_credit_code",
            document: self.identifiers.credit_code(number),
            phone: self.identifiers.landline(number, branch.area),
            mobile: if random.percent(60) { self.identifiers.mobile(number) } else { String::new() },
            email: if random.percent(60) { email(random, number) } else { String::new() },
            address: places::address(random, &branch, true),
            credit: random.weighted(&CREDITS),
            standing: random.between(1, 1_000) <= 15,
            blacklisted: random.between(1, 1_000) <= 2,
            ..self.anybody(random, number, Party::Organisation { industry }, since, branch, &COMPANY_CHANNELS)
        }
    }

    /// What people and companies have in common; the rest is empty.
    fn anybody(
        &self,
        random: &mut SplitMix64,
        number: i64,
        party: Party,
        since: Day,
        branch: Branch,
        channels: &[(i64, &'static str)],
    ) -> Customer {
        let channel = random.weighted(channels);
        let agent = match channel {
            "agent" => places::some_agent(random, &branch, self.agents),
            "broker" => places::some_broker(random, &branch),
            _ => String::new(),
        };
        Customer {
            number,
            id: id('C', number),
            party,
            name: String::new(),
            document_kind: "",
            document: String::new(),
            phone: String::new(),
            mobile: String::new(),
            email: String::new(),
            address: String::new(),
            channel,
            agent,
            manager: places::some_employee(random, &branch),
            branch,
            since,
            standing: false,
            credit: "",
            prospect: false,
            household: String::new(),
            group: String::new(),
            blacklisted: false,
        }
    }

    /// Writes the customer's row.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write_customer(&mut self, customer: &Customer) -> io::Result<()> {
        let totals = &mut self.truth.totals;
        let count = if customer.is_person() { &mut totals.persons } else { &mut totals.organisations };
        *count += 1;
        totals.prospects += i64::from(customer.prospect);
        totals.blacklisted += i64::from(customer.blacklisted);
        let (kind, department, short_name, birth, occupation, industry, income) = match customer.party {
            Party::Person { birth, occupation, income, .. } => {
                ("person", "P", String::new(), Some(birth), occupation, "", income)
            }
            Party::Organisation { industry } => {
                ("organisation", "C", names::company(customer.number), None, "", industry, "")
            }
        };
        let mut line = Line::default();
        line.text(&customer.id).text(kind).text(&customer.name).text(&short_name);
        line.text(customer.document_kind).text(&customer.document).text(&customer.phone).text(&customer.mobile);
        line.text(&customer.email).text(&customer.address).day_if(birth).text(occupation).text(industry).text(income);
        line.text(customer.channel).text(&customer.manager).text(&format!("{}-{department}", customer.branch.code));
        line.text(customer.branch.code).day(customer.since).flag(customer.standing).text(customer.credit);
        line.flag(customer.prospect).text(&customer.household).text(&customer.group).flag(customer.blacklisted);
        self.sheets.customers.push(&line, &mut self.truth)
    }
}

fn email(random: &mut SplitMix64, number: i64) -> String {
    format!("u{number}@{}", random.pick(&DOMAINS))
}
