//! `portfolio-review`: see the README, or `portfolio-review --help`.

use std::{
    env, fs,
    io::{self, Read as _, Write as _},
    path::Path,
    process::ExitCode,
    time::Instant,
};

use crm_core::{calendar::Date, refusal::Lang};
use portfolio_review::{
    args::{self, Command, Generate, Rows, Sight},
    customer_review::{self, CustomerReview},
    demo,
    finding::{Code, Finding},
    mapping::{self, BookMap, CustomerMap},
    output,
    progress::Bar,
    review::{Progress as _, Request, Stop, review, with_reason},
    rows::{self, Refused},
    sight::Lens,
    store::Store,
};

/// The book can't be read or the results can't be written.
const UNREADABLE: u8 = 1;
/// Wrong options or a mapping file with faults.
const USAGE: u8 = 2;

/// Largest mapping file.
const MAX_MAP_BYTES: u64 = 1 << 20;

fn main() -> ExitCode {
    let arguments = env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    let call = match args::read(arguments) {
        Ok(call) => call,
        Err((lang, faults)) => return ExitCode::from(tell_all("portfolio-review", &faults, lang, USAGE)),
    };
    let outcome = match call.command {
        Command::Help => show(args::HELP),
        Command::Review { book, map, as_of, out, sight } => {
            run(&map, Request { book, as_of, out, lang: call.lang }, &sight)
        }
        Command::Demo(asked) => run_demo(&asked, call.lang),
        Command::Rows(asked) => run_rows(&asked, call.lang),
    };
    outcome.map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}

fn run(map: &Path, request: Request, sight: &Sight) -> Result<(), u8> {
    let lang = request.lang;
    match read_map(map, lang)? {
        BookMap::Customers(map) => run_customers(&map, request, sight).map(drop),
        BookMap::PolicyYears(mapping) => {
            let review = review(&request, &mapping, &mut Bar::new(lang)).map_err(|stops| tell_stops(&stops, lang))?;
            // A closed pipe takes the words away; the results are written.
            drop(output::print(&mut io::stdout().lock(), &review, &request.out.display().to_string(), lang));
            Ok(())
        }
    }
}

fn run_customers(map: &CustomerMap, request: Request, sight: &Sight) -> Result<CustomerReview, u8> {
    let lang = request.lang;
    let lens = Lens::of(sight, &map.company, request.as_of);
    let lens = lens.map_err(|finding| tell_all("portfolio-review", &[finding], lang, USAGE))?;
    let review =
        customer_review::review(&request, map, &lens, &mut Bar::new(lang)).map_err(|stops| tell_stops(&stops, lang))?;
    // A closed pipe takes the words away; the results are written.
    drop(output::print_customers(&mut io::stdout().lock(), &review, &request.out.display().to_string(), lang));
    Ok(review)
}

fn run_rows(asked: &Rows, lang: Lang) -> Result<(), u8> {
    rows::show(asked, lang, &mut io::stdout().lock()).map_err(|refused| match refused {
        Refused::Usage(finding) => tell_all("portfolio-review", &[finding], lang, USAGE),
        Refused::Stopped(stops) => tell_stops(&stops, lang),
    })
}

fn read_map(path: &Path, lang: Lang) -> Result<BookMap, u8> {
    let name = path.display().to_string();
    let text = read_text(path)
        .map_err(|error| tell_all(&name, &[with_reason(Finding::new(Code::MapUnreadable), &error)], lang, USAGE))?;
    mapping::read_any(&text).map_err(|faults| tell_all(&name, &faults, lang, USAGE))
}

/// The text of a mapping file; what is larger than any mapping file is not read.
fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    fs::File::open(path)?.take(MAX_MAP_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_MAP_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(text)
}

fn run_demo(asked: &Generate, lang: Lang) -> Result<(), u8> {
    let book = asked.out.join(demo::BOOK);
    let started = Instant::now();
    let mut bar = Bar::new(lang);
    bar.stage(("生成账册", "making up a book"));
    let told = |done| bar.step(done, asked.customers.into());
    demo::generate(&book, asked, told).map_err(|error| not_written(&book, &error, lang))?;
    bar.finish();
    let tenths = (started.elapsed().as_millis() + 50) / 100;
    let customers = asked.customers;
    show(&match lang {
        Lang::En => format!(
            "A book of {customers} customers was made up in {}.{} s: {}\n",
            tenths / 10,
            tenths % 10,
            book.display()
        ),
        Lang::Zh => {
            format!("已生成 {customers} 位客户的账册，用时 {}.{} 秒：{}\n", tenths / 10, tenths % 10, book.display())
        }
    })?;
    let as_of = Date::parse(&demo::plan(asked).as_of().to_string()).map_err(|_| UNREADABLE)?;
    let map = demo::map(asked.encoding).map_err(|faults| tell_all("maps/cn-book.toml", &faults, lang, UNREADABLE))?;
    let review =
        run_customers(&map, Request { book: book.clone(), as_of, out: asked.out.clone(), lang }, &asked.sight)?;
    let truth = demo::Truth::read(&book).map_err(|error| not_written(&book, &error, lang))?;
    let store = Store::open(&asked.out.join(output::BOOK)).map_err(|stops| tell_stops(&stops, lang))?;
    let found = demo::compare(&truth, &review.summary, &store).map_err(|stops| tell_stops(&stops, lang))?;
    for difference in &found.differences {
        eprintln!("{difference}");
    }
    drop(output::print_found(&mut io::stdout().lock(), &found, lang));
    if found.differences.is_empty() { Ok(()) } else { Err(UNREADABLE) }
}

fn not_written(path: &Path, error: &io::Error, lang: Lang) -> u8 {
    let finding = with_reason(Finding::new(Code::BookOutput), error);
    tell_all(&path.display().to_string(), &[finding], lang, UNREADABLE)
}

fn show(text: &str) -> Result<(), u8> {
    drop(io::stdout().write_all(text.as_bytes()));
    Ok(())
}

fn tell_all(about: &str, findings: &[Finding], lang: Lang, exit: u8) -> u8 {
    for finding in findings {
        eprintln!("{about}: {}", finding.line_text(lang));
    }
    exit
}

fn tell_stops(stops: &[Stop], lang: Lang) -> u8 {
    for stop in stops {
        match &stop.file {
            Some(file) => eprintln!("{file}: {}", stop.finding.line_text(lang)),
            None => eprintln!("portfolio-review: {}", stop.finding.line_text(lang)),
        }
    }
    UNREADABLE
}
