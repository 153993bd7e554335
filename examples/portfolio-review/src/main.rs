//! `portfolio-review`: see the README, or `portfolio-review --help`.

use std::{
    env, fs,
    io::{self, Read as _, Write as _},
    path::Path,
    process::ExitCode,
};

use crm_core::{calendar::Date, refusal::Lang};
use portfolio_review::{
    args::{self, Command, Generate},
    demo,
    finding::{Code, Finding},
    generate::{AS_OF, MAP},
    mapping::{self, Mapping},
    output,
    progress::Bar,
    review::{Request, Review, Stop, review, with_reason},
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
        Command::Review { book, map, as_of, out } => {
            run(&map, Request { book, as_of, out, lang: call.lang }).map(|_| ())
        }
        Command::Demo(asked) => run_demo(&asked, call.lang),
        Command::Generate(asked) => run_generate(&asked, call.lang),
    };
    outcome.map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}

fn run(map: &Path, request: Request) -> Result<Review, u8> {
    let lang = request.lang;
    let mapping = read_map(map, lang)?;
    let review = review(&request, &mapping, &mut Bar::new(lang)).map_err(|stops| tell_stops(&stops, lang))?;
    // A closed pipe takes the words away; the results are written.
    drop(output::print(&mut io::stdout().lock(), &review, &request.out.display().to_string(), lang));
    Ok(review)
}

fn read_map(path: &Path, lang: Lang) -> Result<Mapping, u8> {
    let name = path.display().to_string();
    let text = read_text(path)
        .map_err(|error| tell_all(&name, &[with_reason(Finding::new(Code::MapUnreadable), &error)], lang, USAGE))?;
    mapping::read(&text).map_err(|faults| tell_all(&name, &faults, lang, USAGE))
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

fn run_generate(asked: &Generate, lang: Lang) -> Result<(), u8> {
    demo::write_book(&asked.out, asked).map_err(|error| not_written(&asked.out, &error, lang))?;
    show(&match lang {
        Lang::En => {
            format!("A book of {} customers (seed {}) is in {}\n", asked.customers, asked.seed, asked.out.display())
        }
        Lang::Zh => {
            format!("已生成 {} 位客户的账册（种子 {}）：{}\n", asked.customers, asked.seed, asked.out.display())
        }
    })
}

fn run_demo(asked: &Generate, lang: Lang) -> Result<(), u8> {
    let book = asked.out.join(demo::BOOK);
    let files = demo::write_book(&book, asked).map_err(|error| not_written(&book, &error, lang))?;
    let as_of = Date::parse(AS_OF).map_err(|_| UNREADABLE)?;
    let map = book.join(MAP);
    let review = run(&map, Request { book, as_of, out: asked.out.clone(), lang })?;
    let differences = demo::differences(&files.truth, &review.summary);
    if differences.is_empty() {
        let planted = files.truth.planted.len();
        return show(&match lang {
            Lang::En => format!("\nThe figures are those of the generator; all {planted} planted faults were found.\n"),
            Lang::Zh => format!("\n各项数字与生成器一致；埋入的 {planted} 处错误全部查出。\n"),
        });
    }
    for difference in differences {
        eprintln!("{difference}");
    }
    Err(UNREADABLE)
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
