//! Codes of the catalogue of products.

/// Adds its codes to those gathered so far.
macro_rules! product_catalogue_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// A catalogue without products.
        CatalogueEmpty = "product.catalogue.empty" ()
            "The catalogue has no product; add at least one."
            "产品目录中没有产品；请至少添加一个。";
        /// More entries than a catalogue can have.
        CatalogueTooMany = "product.catalogue.too_many" (limit: Integer)
            "There are more than {limit} entries here; split the catalogue or the question."
            "此处超过 {limit} 项；请拆分目录或查询。";
        /// A code that is no short plain text.
        CatalogueCodeInvalid = "product.catalogue.code_invalid" (limit: Integer)
            "A code has 1 to {limit} bytes, no control characters and no spaces at its ends; correct it."
            "代码须为 1 至 {limit} 字节，不含控制字符，首尾不含空格；请更正。";
        /// The same code twice.
        CatalogueCodeTwice = "product.catalogue.code_duplicate" (code: Text)
            "The code \"{code}\" stands in this list twice; remove one or give it a code of its own."
            "代码“{code}”在此列表中重复；请删去其一或另用代码。";
        /// A text that says nothing.
        CatalogueTextMissing = "product.catalogue.text_missing" ()
            "The text is empty; fill it in, in both languages where there are two."
            "文本为空；请填写，中英文两栏均须填写。";
        /// A code that leads nowhere.
        CatalogueReferenceUnknown = "product.catalogue.reference_unknown" (list: Text, code: Text)
            "There is no \"{code}\" in the list {list} of this catalogue; add it or correct the code."
            "目录的 {list} 列表中没有“{code}”；请添加或更正代码。";
        /// Days outside those of the whole.
        CatalogueDatesOutside = "product.catalogue.dates_outside" (from: Text, until: Text)
            "These days must lie between {from} and {until} (the day after the last; - for no end), where what they belong to is valid; correct them."
            "这些日期须在 {from} 至 {until}（不含；- 表示无终止日）之间，即所属项目的有效期内；请更正。";
        /// Days that are not all of the product's.
        CatalogueDatesUncovered = "product.catalogue.dates_uncovered" (from: Text, until: Text)
            "The product is valid from {from} until {until} (- for no end) and this list does not begin and end with it; every day needs its entry."
            "产品有效期自 {from} 至 {until}（- 表示无终止日），此列表的起止与之不符；每一天都须有对应的内容。";
        /// A status where it cannot stand.
        CatalogueStatusOrder = "product.catalogue.status_order" ()
            "A product is filed only at the beginning, and nothing follows its withdrawal; file what is sold again as a new product."
            "备案状态只能在最初，停售之后不得再有其他状态；重新销售请按新产品备案。";
        /// Something without a cover.
        CatalogueCoverNone = "product.catalogue.cover_none" ()
            "There is no cover here; name at least one."
            "此处没有险别；请至少填写一个。";
        /// Covers that require each other.
        CatalogueCoverCircular = "product.catalogue.cover_circular" ()
            "The cover requires itself, directly or through others, so nobody could buy it; remove one of the requirements."
            "该险别直接或间接以自身为投保前提，无法投保；请去掉其中一项前提。";
        /// A figure that cannot be.
        CatalogueFigureRange = "product.catalogue.figure_range" (min: Text, max: Text)
            "The figure lies outside what it can be, from {min} to {max} (- for no bound); correct it."
            "数值超出允许范围 {min} 至 {max}（- 表示不限）；请更正。";
        /// A deductible without end.
        CatalogueDeductibleUnlimited = "product.catalogue.deductible_unlimited" ()
            "A deductible has an amount, a per cent or days; without a limit nothing would ever be paid. Correct it."
            "免赔须为金额、比例或天数，不能不设上限，否则永不赔付；请更正。";
        /// A product that is not in the catalogue.
        CatalogueProductUnknown = "product.catalogue.product_unknown" (code: Text)
            "There is no product \"{code}\" in the catalogue; correct the code or load the catalogue that has it."
            "目录中没有险种“{code}”；请更正代码或载入包含该险种的目录。";
        /// A product on a day on which it does not exist.
        CatalogueProductOutside = "product.catalogue.product_outside" (code: Text, from: Text, until: Text)
            "The product \"{code}\" exists from {from} until {until} (- for no end); ask for a day in between."
            "险种“{code}”的有效期自 {from} 至 {until}（不含；- 表示无终止日）；请查询其间的日期。";
        /// A day before the catalogue.
        CatalogueBefore = "product.catalogue.before" (from: Text)
            "The catalogue is kept from {from} on; ask for a later day or load an earlier catalogue."
            "产品目录自 {from} 起维护；请查询其后的日期或载入更早的目录。";
        /// A cover that the product does not have.
        CatalogueCoverUnknown = "product.catalogue.cover_unknown" (code: Text)
            "The product does not have the cover \"{code}\" on these terms; choose one that it has."
            "该险种在此版条款下没有险别“{code}”；请选择其所含的险别。";
        /// A loss before the cover.
        CatalogueLossBefore = "product.catalogue.loss_before" ()
            "The loss occurred before the cover began; correct one of the two days."
            "出险日期早于保障起始日期；请更正其中之一。";
        /// A comparison of nothing.
        CatalogueComparisonEmpty = "product.catalogue.comparison_empty" ()
            "There is nothing to compare; name at least one product."
            "没有可比较的险种；请至少选择一个。";
        /// A condition on codes without its sign.
        CatalogueFilterSign = "product.catalogue.filter_sign" ()
            "A condition on codes begins with = for exactly this code or $ for a pattern, in which * stands for any text; add the sign."
            "代码条件须以 = （完全一致）或 $ （按模式，* 代表任意文本）开头；请补上符号。";
        /// A condition on codes with nothing after its sign.
        CatalogueFilterEmpty = "product.catalogue.filter_empty" ()
            "Nothing follows the sign; type the code after =, or the pattern after $ ($* for every code)."
            "符号之后没有内容；请在 = 后填写代码，或在 $ 后填写模式（$* 表示全部代码）。";
    } } };
}
