//! Codes of access: rights, two people.

/// Adds its codes to those gathered so far.
macro_rules! access_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// A code of a person, role or place that is no short plain text.
        AccessCodeInvalid = "access.code.invalid" (limit: Integer)
            "A code has 1 to {limit} bytes, no control or invisible characters and no spaces at its ends; correct it."
            "代码须为 1 至 {limit} 字节，不含控制字符和不可见字符，首尾不含空格；请更正。";
        /// A number of a grant that is in use.
        AccessGrantIdTaken = "access.grant.id_taken" ()
            "Another grant has this number; give the new one its own."
            "该授权编号已被使用；请另用编号。";
        /// A right granted to oneself.
        AccessGrantSelf = "access.grant.self" ()
            "Nobody grants rights to himself or to a role that he is in; another person must enter this grant."
            "任何人不得给自己或自己所任角色授权；请由他人录入。";
        /// The same right twice on one day.
        AccessGrantOverlap = "access.grant.overlap" ()
            "The holder has this right already on some of these days; change the other grant or choose other days."
            "被授权人在部分日期已有此权限；请变更原授权或调整日期。";
        /// A change of rights for days that have passed.
        AccessGrantBackdated = "access.grant.backdated" (on: Text)
            "Rights change on {on} at the earliest, the day of the entry; what was done before can't be made right or wrong afterwards."
            "权限最早自录入日 {on} 起变更，不得追溯；请更正日期。";
        /// A role that holds a role.
        AccessGrantRoleInRole = "access.grant.role_in_role" ()
            "A role can't hold a role; grant its rights one by one."
            "角色不能再包含角色；请逐项授权。";
        /// Too many grants.
        AccessGrantTooMany = "access.grant.too_many" (limit: Integer)
            "There are more than {limit} grants here; use roles, or leave ended grants out."
            "授权超过 {limit} 项；请使用角色，或去掉已终止的授权。";
        /// A grant that is not in the book.
        AccessGrantUnknown = "access.grant.unknown" ()
            "There is no grant of this number; correct the number."
            "没有该编号的授权；请更正编号。";
        /// A grant that has ended.
        AccessGrantOver = "access.grant.over" ()
            "This grant has ended by that day; there is nothing to end or change."
            "该授权届时已终止，无需收回或变更。";
        /// A template user without rights.
        AccessTemplateEmpty = "access.template.empty" ()
            "The template user has no rights on that day; grant them first or correct the template."
            "模板用户当日没有任何权限；请先授权或更正模板。";
        /// A kind of field that is none.
        AccessRightKindWhole = "access.right.kind_whole" ()
            "Fields that are hidden whole are of many kinds; grant their class instead."
            "整体隐藏的字段种类不一；请按敏感级别授权。";
        /// A limit below zero.
        AccessRightLimitNegative = "access.right.limit_negative" ()
            "A limit must not be below zero; correct it."
            "限额不得小于零；请更正。";
        /// Somebody checks his own work.
        AccessCheckSelf = "access.check.self" ()
            "Whoever keyed or proposed this can't verify or approve it; another person must."
            "经办人不得复核或审批自己的录入或申请；请由他人办理。";
        /// A check before there was something to check.
        AccessCheckEarly = "access.check.early" (earliest: Text)
            "This can't happen before {earliest}, the day of what it follows; correct the day."
            "该步骤不得早于前一步骤的日期 {earliest}；请更正日期。";
        /// A keyed record without a person.
        AccessCheckNobody = "access.check.nobody" ()
            "Nobody is named who keyed this record; name everybody who had a hand in it."
            "没有注明录入人；请列出所有录入人。";
        /// No right to approve.
        AccessApprovalNoRight = "access.approval.no_right" (act: Text)
            "This person has no right to approve {act} on that day; somebody who has it must."
            "该人员当日没有审批 {act} 的权限；请由有权限的人员审批。";
        /// An amount above the approver's limit.
        AccessApprovalAboveLimit = "access.approval.above_limit" ()
            "The amount is above this person's limit; somebody with a higher one must approve."
            "金额超过该人员的审批限额；请由限额更高的人员审批。";
        /// A row that the viewer does not see.
        AccessRowWithheld = "access.row.withheld" (reason: Text)
            "The viewer does not see this row: {reason}. Somebody who manages it can show it, or grant a wider level of sight."
            "查看人无权查看该行（{reason}）；请由归属人员提供，或授予更高的查看级别。";
    } } };
}
