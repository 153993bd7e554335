//! Codes of parties: documents, numbers, records, objects, relations.

/// Adds its codes to those gathered so far.
macro_rules! party_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// A document number of the wrong length.
        PartyDocumentLength = "party.document.length" (expected: Text)
            "The document number has the wrong length; characters expected: {expected}. Compare it with the document."
            "证件号码长度不对；应为：{expected} 位。请与证件核对。";
        /// A document number with characters that it can't have.
        PartyDocumentCharacters = "party.document.characters" ()
            "The document number contains a character that cannot stand there; compare it with the document."
            "证件号码中有不应出现的字符；请与证件核对。";
        /// A document number without a birth date.
        PartyDocumentBirthDate = "party.document.birth_date" ()
            "The document number contains no day of the calendar as birth date; compare it with the document."
            "证件号码中的出生日期不存在；请与证件核对。";
        /// A document number of somebody not yet born.
        PartyDocumentBirthLater = "party.document.birth_later" (as_of: Text)
            "The birth date in the document number lies after {as_of}; compare it with the document."
            "证件号码中的出生日期晚于 {as_of}；请与证件核对。";
        /// A document number with a wrong check character.
        PartyDocumentCheckDigit = "party.document.check_digit" ()
            "The check character of the document number does not fit its digits: a digit is wrong or two are swapped. Compare it with the document."
            "证件号码的校验位不符：有数字录错或两位颠倒。请与证件核对。";
        /// A region that is not known.
        PartyDocumentRegion = "party.document.region" ()
            "The document number begins with an unknown region; that can be right, but look at the document."
            "证件号码开头的行政区划代码未知；可能无误，但请查看证件。";
        /// A century that can't be told.
        PartyDocumentCentury = "party.document.century" ()
            "Fifteen-digit numbers with this sequence were given to people born in the 19th century; check the birth year."
            "该顺序码的十五位号码曾发给十九世纪出生的人；请核对出生年份。";
        /// A number of another kind of document.
        PartyDocumentOtherKind = "party.document.other_kind" (expected: Text)
            "The number is right but belongs to another kind of document; one of this kind begins with {expected}. Choose the kind that the document shows."
            "号码本身无误，但属于另一种证件；所选证件的号码以 {expected} 开头。请按证件实际种类选择。";
        /// A series of passports that is newer than the rule.
        PartyDocumentSeries = "party.document.series" ()
            "The passport is of a series newer than the rule that it was checked by; that can be right, but look at the document."
            "该护照号段晚于所依据的规则；可能无误，但请查看证件。";
        /// A social credit code older than its standard.
        PartyOrganisationEarlyCode = "party.organisation.early_code" ()
            "The check character does not fit; codes of this early series were given before the standard and can be right. Look at the business licence."
            "校验码不符；该号段在国家标准实施前发放，可能无误。请查看营业执照。";
        /// An organisation code that does not fit inside a social credit code.
        PartyOrganisationCodeInside = "party.organisation.code_inside" ()
            "The organisation code inside the social credit code does not fit its own check character; look at the business licence."
            "统一社会信用代码中的组织机构代码校验码不符；请查看营业执照。";
        /// An organisation code for private use.
        PartyOrganisationPrivateUse = "party.organisation.private_use" ()
            "Organisation codes of this series are for private use and prove nothing; ask for the registered code."
            "该号段的组织机构代码供内部自用，不能证明身份；请索取登记的代码。";
        /// A telephone with something else than digits.
        PartyPhoneCharacters = "party.phone.characters" ()
            "The telephone number contains something else than digits and their usual separators; key the digits again."
            "电话号码含有数字和常用分隔符以外的字符；请重新录入。";
        /// A telephone of the wrong length.
        PartyPhoneLength = "party.phone.length" (min: Integer, max: Integer)
            "A telephone number has {min} to {max} digits and an extension of up to six; add what is missing, such as the area code."
            "电话号码应为 {min} 至 {max} 位数字，分机号不超过六位；请补全，例如区号。";
        /// A mobile number of the wrong length.
        PartyMobileLength = "party.mobile.length" (expected: Integer)
            "A mobile number has {expected} digits, with 0, 86, +86 or 0086 in front at most; count them."
            "手机号码应为 {expected} 位数字，前面最多可加 0、86、+86 或 0086；请核对位数。";
        /// A mobile number that begins with something else than 13 to 19.
        PartyMobilePrefix = "party.mobile.prefix" ()
            "A mobile number of mainland China begins with 13 to 19; enter any other number as a telephone."
            "中国大陆手机号码以 13 至 19 开头；其他号码请作为固定电话录入。";
        /// An e-mail address that is too long.
        PartyEmailLength = "party.email.length" (limit: Integer)
            "The e-mail address is longer than {limit} bytes; correct it."
            "电子邮箱超过 {limit} 字节；请更正。";
        /// An e-mail address without exactly one @.
        PartyEmailAt = "party.email.at" ()
            "An e-mail address has exactly one @; correct it."
            "电子邮箱应恰好含有一个 @；请更正。";
        /// What stands before the @ can't be delivered to.
        PartyEmailLocal = "party.email.local" (limit: Integer)
            "Before the @ stand 1 to {limit} letters, digits and signs, no spaces, and dots only between them; correct it."
            "@ 之前应为 1 至 {limit} 个字母、数字或符号，不含空格，点号只能位于其间；请更正。";
        /// What stands behind the @ is no domain.
        PartyEmailDomain = "party.email.domain" ()
            "Behind the @ stands a domain name such as example.cn: letters, digits and hyphens in two or more parts; correct it."
            "@ 之后应为域名，如 example.cn：两段以上，由字母、数字和连字符组成；请更正。";
        /// An e-mail address with letters beyond ASCII.
        PartyEmailNotAscii = "party.email.not_ascii" ()
            "The e-mail address has letters beyond ASCII; few mail systems deliver to it, so ask whether it is meant."
            "电子邮箱含有非 ASCII 字符，许多邮件系统无法投递；请确认。";
        /// A card or account number with something else than digits.
        PartyCardCharacters = "party.card.characters" ()
            "A card or account number has digits alone; leave out everything else."
            "银行卡号或账号只含数字；请去掉其他字符。";
        /// A card or account number of the wrong length.
        PartyCardLength = "party.card.length" (min: Integer, max: Integer)
            "The number has {min} to {max} digits; compare it with the card or the bank's statement."
            "号码应为 {min} 至 {max} 位数字；请与银行卡或对账单核对。";
        /// A card number with a wrong check digit.
        PartyCardCheckDigit = "party.card.check_digit" ()
            "The check digit of the card number does not fit: a digit is wrong or two are swapped. Compare it with the card; the number of an account that is no card is entered as an account."
            "银行卡号校验位不符：有数字录错或两位颠倒。请与银行卡核对；非银行卡的账号请按账号录入。";
        /// An account number that is no card's.
        PartyAccountCheckDigit = "party.account.check_digit" ()
            "The account number would be wrong as a card number; company accounts often are, but compare it with the bank's statement."
            "该账号不符合银行卡校验规则；对公账号常如此，但请与对账单核对。";
        /// A plate that has no plate's shape.
        PartyPlateShape = "party.plate.shape" ()
            "This is no licence plate: it has a province, a letter and five characters, six for new energy. Compare it with the vehicle licence; leave it out for a vehicle without a plate and enter the VIN."
            "不是有效号牌：应为省份简称、一个字母和五位字符（新能源六位）。请与行驶证核对；未上牌车辆请留空并录入车架号。";
        /// A plate with I or O.
        PartyPlateLetter = "party.plate.letter" ()
            "Licence plates have no letters I and O, which look like 1 and 0; compare it with the vehicle licence."
            "号牌不使用字母 I 和 O，易与 1 和 0 混淆；请与行驶证核对。";
        /// A plate of a special kind.
        PartyPlateUnchecked = "party.plate.unchecked" ()
            "Plates of embassies, armed forces, armed police and emergency services have rules of their own and are not checked, or the province was left out; compare it with the vehicle licence."
            "使馆、军队、武警和应急救援号牌另有规则，未作校验，也可能漏录了省份简称；请与行驶证核对。";
        /// A VIN of the wrong length.
        PartyVinLength = "party.vin.length" (expected: Integer)
            "A VIN has {expected} characters; compare it with the vehicle licence."
            "车架号应为 {expected} 位；请与行驶证核对。";
        /// A VIN with a character that it can't have.
        PartyVinCharacters = "party.vin.characters" ()
            "A VIN has digits and letters without I, O and Q; compare it with the vehicle licence."
            "车架号只含数字和除 I、O、Q 以外的字母；请与行驶证核对。";
        /// A VIN with a wrong check digit.
        PartyVinCheckDigit = "party.vin.check_digit" ()
            "The check digit of the VIN (position 9) does not fit: a character is wrong or two are swapped. Compare it with the vehicle licence."
            "车架号第 9 位校验位不符：有字符录错或两位颠倒。请与行驶证核对。";
        /// A VIN whose serial number has letters at its end.
        PartyVinSerial = "party.vin.serial" (digits: Integer)
            "The last {digits} characters of a VIN are digits; compare it with the vehicle licence."
            "车架号最后 {digits} 位应为数字；请与行驶证核对。";
        /// An engine number of the wrong length.
        PartyEngineLength = "party.engine.length" (limit: Integer)
            "An engine number has 1 to {limit} characters; compare it with the vehicle licence."
            "发动机号应为 1 至 {limit} 个字符；请与行驶证核对。";
        /// An engine number with a control character.
        PartyEngineCharacters = "party.engine.characters" ()
            "The engine number contains a character that can't be printed; key it again."
            "发动机号含有不可打印的字符；请重新录入。";
        /// An identifier that is no short plain text.
        PartyIdInvalid = "party.id.invalid" (limit: Integer)
            "An identifier has 1 to {limit} bytes, no control characters and no spaces at its ends; correct it."
            "标识须为 1 至 {limit} 字节，不含控制字符，首尾不含空格；请更正。";
        /// A text that is empty.
        PartyTextEmpty = "party.text.empty" ()
            "The text is empty; enter it or leave the field out."
            "文本为空；请填写或去掉该字段。";
        /// A text that is too long.
        PartyTextLength = "party.text.length" (limit: Integer)
            "The text is longer than {limit} characters; shorten it."
            "文本超过 {limit} 个字符；请缩短。";
        /// A text with control characters.
        PartyTextCharacters = "party.text.characters" ()
            "The text contains characters that can't be printed; key it again."
            "文本含有不可打印的字符；请重新录入。";
        /// A list that is too long.
        PartyListLength = "party.list.length" (limit: Integer)
            "The list has more than {limit} entries; split it."
            "列表超过 {limit} 项；请拆分。";
        /// A day that has not come.
        PartyDateLater = "party.date.later" (as_of: Text)
            "The date lies after {as_of} and can't have happened yet; correct it."
            "日期晚于 {as_of}，尚未发生；请更正。";
        /// A number out of range.
        PartyNumberRange = "party.number.range" (min: Integer, max: Integer)
            "The number must lie between {min} and {max}, both inclusive; correct it."
            "数值须在 {min} 至 {max} 之间（含两端）；请更正。";
        /// An amount below zero.
        PartyAmountNegative = "party.amount.negative" ()
            "The amount must not be below zero; correct it."
            "金额不得小于零；请更正。";
        /// A person's document shown by an organisation, or the other way round.
        PartyDocumentHolder = "party.document.holder" ()
            "A document of this kind can't belong to this customer: people and organisations prove themselves by different documents. Choose another kind or correct who the customer is."
            "此类证件不能属于该客户：个人与单位使用不同的证件。请更换证件类型或更正客户性质。";
        /// The same document twice.
        PartyDocumentDuplicate = "party.document.duplicate" ()
            "The same document stands in the record already; keep one."
            "记录中已有同一证件；请只保留一份。";
        /// A validity that ends before it begins.
        PartyDocumentValidity = "party.document.validity" ()
            "The document's validity ends before it begins; correct one of the dates."
            "证件有效期的截止日早于起始日；请更正其中之一。";
        /// A document that is no longer valid.
        PartyDocumentExpired = "party.document.expired" (as_of: Text)
            "The document is no longer valid on {as_of}; ask for a new one."
            "证件在 {as_of} 已过有效期；请索取新证件。";
        /// Two codes of different organisations.
        PartyOrganisationCodesDiffer = "party.organisation.codes_differ" ()
            "The organisation code is not the one inside the social credit code; one of them belongs to somebody else. Compare both with the business licence."
            "组织机构代码与统一社会信用代码中的不一致，其中之一属于其他单位；请与营业执照核对。";
        /// A birth date that contradicts a document.
        PartyPersonBirthDiffers = "party.person.birth_differs" ()
            "The birth date in this number is not the one in the record or in another document; correct what was keyed wrong."
            "该号码中的出生日期与记录或其他证件不一致；请更正录错的一项。";
        /// A sex that contradicts a document.
        PartyPersonSexDiffers = "party.person.sex_differs" ()
            "The sex in this number is not the one in the record or in another document; correct what was keyed wrong."
            "该号码中的性别与记录或其他证件不一致；请更正录错的一项。";
        /// A person of an unusual age.
        PartyPersonAge = "party.person.age" (limit: Integer)
            "The person would be {limit} years old or older; that can be right, but check the birth date."
            "该客户年龄将达到或超过 {limit} 岁；可能无误，但请核对出生日期。";
        /// A customer through an agent who is not named.
        PartyCustomerAgentMissing = "party.customer.agent_missing" ()
            "A customer who came through an agent needs the agent's code; add it or choose another kind of customer."
            "代理客户须填写代理人代码；请补上或更换客户类别。";
        /// A group that is a person.
        PartyCustomerGroupPerson = "party.customer.group_person" ()
            "A group customer is an organisation, this one is a person; choose another kind of customer or enter the organisation."
            "集团客户须为单位，而该客户为个人；请更换客户类别或录入单位。";
        /// Facts about health without consent.
        PartyHealthConsentMissing = "party.health.consent_missing" ()
            "Facts about health are kept with the person's own consent alone; enter the day of the consent or remove the facts."
            "健康信息须经本人单独同意方可保存；请填写同意日期或删除该信息。";
        /// Facts about health noted before the consent.
        PartyHealthConsentLater = "party.health.consent_later" ()
            "This fact was noted before the person consented; correct the date or remove the fact."
            "该健康信息的记录日期早于本人同意日期；请更正日期或删除该信息。";
        /// A vehicle by nothing to know it by.
        PartyVehicleUnidentified = "party.vehicle.unidentified" ()
            "The vehicle has neither plate nor VIN; enter the VIN of a vehicle without a plate."
            "车辆既无号牌也无车架号；未上牌车辆请录入车架号。";
        /// The same vehicle twice.
        PartyVehicleDuplicate = "party.vehicle.duplicate" ()
            "Another vehicle of this record has the same number; keep one or correct it."
            "本记录中另一车辆的号码相同；请只保留一辆或更正。";
        /// A company's vehicle without a user.
        PartyVehicleUserMissing = "party.vehicle.user_missing" ()
            "An organisation must name the person who uses the vehicle; add the name."
            "单位车辆须填写使用人；请补上姓名。";
        /// A company that uses a vehicle itself.
        PartyVehicleUserOrganisation = "party.vehicle.user_organisation" ()
            "The owner is an organisation and can't be the user; name the person who uses the vehicle."
            "车主为单位，不能作为使用人；请填写实际使用人。";
        /// A person's vehicle without a user.
        PartyVehicleUserUnknown = "party.vehicle.user_unknown" ()
            "Nobody says who uses the vehicle; mark the owner as its user or name somebody."
            "未说明车辆使用人；请标记为同车主或填写使用人。";
        /// The same tag twice.
        PartyTagDuplicate = "party.tag.duplicate" ()
            "The same tag stands in the record already; keep one."
            "记录中已有相同标签；请只保留一个。";
        /// A time that is none.
        PartyInteractionTime = "party.interaction.time" ()
            "A time of day is written as HH:MM from 00:00 to 23:59; correct it."
            "时间须写成 HH:MM（00:00 至 23:59）；请更正。";
        /// An object that is known already.
        PartyObjectRegistered = "party.object.registered" ()
            "The object is entered already; describe it anew or let it change hands instead."
            "该标的已登记；请改为更新描述或过户。";
        /// An object that is not known.
        PartyObjectUnregistered = "party.object.unregistered" ()
            "The object is not entered yet; register it first."
            "该标的尚未登记；请先登记。";
        /// The same repair or cover twice.
        PartyObjectEntryDuplicate = "party.object.entry_duplicate" ()
            "Another entry of this object's history has the same number; give this one its own."
            "该标的历史中已有相同编号的记录；请另行编号。";
        /// Two owners at a time.
        PartyOwnershipOverlap = "party.ownership.overlap" ()
            "Two owners would have the object on the same day; each ownership begins after the one before and where it ends, or later."
            "同一天将有两个所有人；后一所有权须在前一所有权开始之后、且不早于其结束日开始。";
        /// A change of hands to the same hands.
        PartyOwnershipSameOwner = "party.ownership.same_owner" ()
            "The object belongs to this owner already; nothing changes hands."
            "该标的已属于该所有人，无需过户。";
        /// A release without an owner.
        PartyOwnershipNone = "party.ownership.none" ()
            "The object has no owner who could give it up; nothing needs to be done."
            "该标的当前没有所有人，无需释放。";
        /// Too many attributes.
        PartyAttributeLimit = "party.attribute.limit" (limit: Integer)
            "There are {limit} attributes already, the most that may be; remove one that nobody uses."
            "已有 {limit} 个属性，达到上限；请先删除未使用的属性。";
        /// An attribute that nobody defined.
        PartyAttributeUnknown = "party.attribute.unknown" ()
            "There is no attribute with this code; define it or correct the code."
            "没有该代码的属性；请先定义或更正代码。";
        /// Two attributes of one name.
        PartyAttributeNameDuplicate = "party.attribute.name_duplicate" ()
            "Another attribute has this name; choose another one."
            "已有同名属性；请另取名称。";
        /// An attribute without values.
        PartyAttributeValuesEmpty = "party.attribute.values_empty" ()
            "An attribute is a closed list of values and needs at least one; give one, or remove the attribute."
            "属性是封闭的取值列表，至少需要一个取值；请填写取值或删除该属性。";
        /// The same value twice.
        PartyAttributeValueDuplicate = "party.attribute.value_duplicate" ()
            "The attribute has this value already; keep one."
            "该属性已有此取值；请只保留一个。";
        /// A value that is not in the list.
        PartyAttributeValueUnknown = "party.attribute.value_unknown" ()
            "The value is not in the attribute's list; choose one of the list or add it first."
            "该取值不在属性的列表中；请从列表中选择或先添加。";
        /// A value or attribute that customers have.
        PartyAttributeInUse = "party.attribute.in_use" (uses: Integer)
            "{uses} customers have it: it can be neither changed nor removed. Give them another value first."
            "有 {uses} 个客户正在使用，不能修改或删除；请先为其设置其他取值。";
        /// A relation to oneself.
        PartyRelationSelf = "party.relation.self" ()
            "A party can't be related to itself; choose the other side."
            "当事人不能与自己建立关系；请选择另一方。";
        /// A relation that would make somebody his own parent.
        PartyRelationCycle = "party.relation.cycle" ()
            "Over this relation somebody would become his own parent, or a company its own parent company; check the direction."
            "该关系会使某人成为自己的父母，或某公司成为自己的母公司；请检查方向。";
        /// The same relation twice.
        PartyRelationDuplicate = "party.relation.duplicate" ()
            "The relation is known already for a part of this time; end the one that is known first."
            "该关系在部分时间内已存在；请先终止已有关系。";
        /// A relation that isn't known or can't end.
        PartyRelationUnknown = "party.relation.unknown" ()
            "There is no such relation that could end: it is not known, has ended, or is that of a parent."
            "没有可终止的此类关系：未登记、已终止或属于父母关系。";
        /// Parents with a time.
        PartyRelationParentTime = "party.relation.parent_time" ()
            "Parents are parents at all times; leave both dates out."
            "父母关系不分时间；请不要填写日期。";
        /// A person in two households.
        PartyHouseholdMember = "party.household.member" ()
            "The person is in a household on that day or later; let the person leave it first."
            "该人在当日或之后已属于某个家庭；请先退出。";
        /// A person who isn't in the household.
        PartyHouseholdNotMember = "party.household.not_member" ()
            "The person is not in this household; check who leaves which."
            "该人不在此家庭中；请核对。";
        /// A change whose old value isn't there.
        PartyChangeStale = "party.change.stale" ()
            "The record has another value here than the change says; it was changed in between. Compare again."
            "此处的现有值与变更记录不符，期间已被修改；请重新比较。";
        /// A change of a field that isn't there.
        PartyChangePath = "party.change.path" ()
            "The record has no such place; apply the changes in their order to the version they were made from."
            "记录中没有该位置；请按顺序将变更应用于其所依据的版本。";
        /// A change whose value can't be read.
        PartyChangeValue = "party.change.value" ()
            "The value is not canonical JSON; hand the change over as it was made."
            "该值不是规范的 JSON；请原样传入变更记录。";
        /// A change of another record.
        PartyChangeRecord = "party.change.record" ()
            "The change belongs to another record, or would give this one another identifier; apply it to the record that it names. An identifier is never changed."
            "该变更属于另一条记录，或会改变本记录的标识；请应用于其所指的记录。标识不得变更。";
        /// A plate that fits in two ways.
        PartyPlatePrefixAmbiguous = "party.plate.prefix_ambiguous" ()
            "What was keyed is a plate both behind the default prefix and behind the province alone; key the whole plate as the vehicle licence shows it."
            "所录内容加默认前缀或仅加省份简称均可成为号牌，无法判断；请按行驶证录入完整号牌。";
        /// A plate that was completed.
        PartyPlatePrefixAdded = "party.plate.prefix_added" ()
            "The default prefix was put before the plate; compare the whole plate with the vehicle licence."
            "已在号牌前加上默认前缀；请将完整号牌与行驶证核对。";
        /// A VIN that was completed.
        PartyVinPrefixAdded = "party.vin.prefix_added" ()
            "The default prefix was put before the VIN; compare the whole VIN with the vehicle licence."
            "已在车架号前加上默认前缀；请将完整车架号与行驶证核对。";
        /// An indirect customer through nobody.
        PartyCustomerThroughMissing = "party.customer.through_missing" ()
            "An indirect customer came through another business; name it, or choose another kind of customer."
            "间接客户须注明经由的单位或个人；请补上或更换客户类别。";
        /// A customer through himself.
        PartyCustomerIntermediarySelf = "party.customer.intermediary_self" ()
            "Nobody is his own agent or comes through himself; name the other party or leave the field out."
            "客户不能是自己的代理人，也不能经由自己介绍；请填写另一方或去掉该字段。";
        /// A direct customer through somebody.
        PartyCustomerDirectIntermediary = "party.customer.direct_intermediary" ()
            "A direct customer came through nobody; leave the field out, or choose the kind of customer that names an intermediary."
            "直接客户没有中间人；请去掉该字段或更换客户类别。";
        /// A document older than its holder.
        PartyDocumentBeforeBirth = "party.document.before_birth" ()
            "The document is valid from a day before its holder was born; correct the date, or the birth date."
            "证件有效期起始日早于持有人的出生日期；请更正其中之一。";
        /// A vehicle that is said to be another object.
        PartyVehicleObjectOther = "party.vehicle.object_other" ()
            "The description says that the vehicle is another object; leave the object out, or describe that one."
            "描述中的车辆指向另一标的；请去掉标的编号或改为描述该标的。";
        /// A user of something that has none.
        PartyVehicleUserUnexpected = "party.vehicle.user_unexpected" ()
            "Only a vehicle has a user, and this object is none; leave the user out."
            "只有车辆才有使用人，而该标的不是车辆；请去掉使用人。";
        /// A count beyond what can be counted.
        PartyCountRange = "party.count.range" ()
            "The counts add up to more than can be counted; correct the one that is too large."
            "数量合计超出可计范围；请更正过大的一项。";
        /// Two facts from one code.
        PartyFactsCodeDuplicate = "party.facts.code_duplicate" ()
            "The same code stands in the list already; keep one."
            "列表中已有相同代码；请只保留一个。";
        /// A factor for nothing.
        PartyFactorsNoProduct = "party.factors.no_product" ()
            "The factor speaks for no product; name at least one with its weight, or end the factor."
            "该因素未对应任何产品；请至少填写一个产品及其权重，或终止该因素。";
        /// A product twice.
        PartyFactorsProductDuplicate = "party.factors.product_duplicate" ()
            "The factor names this product already; keep one weight."
            "该因素已列出此产品；请只保留一个权重。";
        /// A case of a table that does not come out.
        PartyFactorsCase = "party.factors.case" (name: Text)
            "The case \"{name}\" does not come out as stated; correct the table or the case."
            "案例“{name}”的结果与所述不符；请更正对照表或案例。";
    } } };
}
