//! What is run? Each suite: stage commands of `onrecord` over gold data, then the scorer that lies beside it.

use crate::scores::{self, Scores};
use crate::statements::{self, Gold, Told};
use crate::{Error, Places, linked, marked, reuse};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Sets of articles with their stories, in `data/stories`; all are scored blind.
const STORY_SETS: &[&str] = &["stream_dense", "gw5", "ecbplus", "neus", "mmds_en", "pac", "uci_headlines"];

/// Archives of pages in `data/pages`.
const PAGE_SETS: &[&str] = &["scrapinghub", "fundus", "newspaper_dataset", "trafilatura", "wcxb", "htmldate"];

/// One suite: its name and what runs it.
pub type Suite = (&'static str, fn(&Bench) -> Result<Scores, Error>);

/// Every suite, the quick ones first.
pub const ALL: &[Suite] = &[
    ("seeds", |b| b.reports(&b.places.shared.join("seeds"), "seeds")),
    ("seeds_linked", Bench::seeds_linked),
    ("reports", |b| b.reports(&b.places.gold.join("reports"), "reports")),
    ("paragraphs", Bench::paragraphs),
    ("plain_pages", Bench::plain_pages),
    ("polnear", Bench::polnear),
    ("polnear_accurate", Bench::polnear_accurate),
    ("speakers", Bench::speakers),
    ("acts", Bench::acts),
    ("statements", |b| b.statements(false)),
    ("statements_gold", |b| b.statements(true)),
    ("copies", Bench::copies),
    ("copies_own", Bench::copies_own),
    ("stories", Bench::stories),
    ("pages", Bench::pages),
];

/// Runs the suites whose names begin with one of `only` (all if empty); `tell` hears of each as it ends.
/// Scores are named `suite.score` or `suite.set.score`.
///
/// # Errors
/// If the program or a scorer cannot be run, or fails.
pub fn run(places: &Places, only: &[String], mut tell: impl FnMut(&str, &Scores)) -> Result<Scores, Error> {
    fs::create_dir_all(&places.scratch).map_err(|e| Error::new(places.scratch.display(), e))?;
    let bench = Bench { places: places.clone() };
    let mut all = Scores::new();
    for (name, suite) in ALL {
        if only.is_empty() || only.iter().any(|o| o == name) {
            let scores = prefixed(name, suite(&bench)?);
            tell(name, &scores);
            all.extend(scores);
        }
    }
    Ok(all)
}

/// A fingerprint of every gold file that the suites read: FNV-1a, 64 bits, over names and bytes.
///
/// # Errors
/// If a file cannot be read.
pub fn fingerprint(places: &Places) -> Result<String, Error> {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    let data = places.shared.join("data");
    let folders = [
        places.shared.join("seeds"),
        places.shared.join("score"),
        places.gold.join("reports"),
        places.gold.join("paragraphs"),
        places.gold.join("plain"),
        places.gold.join("copies"),
        data.join("polnear"),
        data.join("speakers"),
        data.join("statements"),
        data.join("stories"),
        data.join("pages"),
    ];
    for folder in folders {
        let entries = fs::read_dir(&folder).map_err(|e| Error::new(folder.display(), e))?;
        let mut files: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|p| p.is_file()).collect();
        files.sort();
        for file in files {
            feed(file.file_name().unwrap_or_default().as_encoded_bytes());
            feed(&fs::read(&file).map_err(|e| Error::new(file.display(), e))?);
        }
    }
    Ok(format!("{hash:016x}"))
}

fn prefixed(name: &str, scores: Scores) -> Scores {
    scores.into_iter().map(|(score, value)| (format!("{name}.{score}"), value)).collect()
}

/// The tools of a suite.
pub struct Bench {
    places: Places,
}

impl Bench {
    fn reports(&self, folder: &Path, name: &str) -> Result<Scores, Error> {
        let (articles, quotes) =
            (self.scratch(&format!("{name}-articles")), self.scratch(&format!("{name}-quotes")));
        self.stage_into("article", &with_extension(folder, "txt")?, &articles)?;
        self.stage_into("quotes", &[&articles], &quotes)?;
        Ok(scores::reports(&self.score("seeds.py", &[folder, &articles, &quotes])?))
    }

    /// The seeds with their sidecars (outlet and date) beside them.
    fn seeds_linked(&self) -> Result<Scores, Error> {
        let seeds = self.places.shared.join("seeds");
        let folder = self.places.scratch.join("seeds-with-sidecars");
        fs::create_dir_all(&folder).map_err(|e| Error::new(folder.display(), e))?;
        for file in
            [with_extension(&seeds, "txt")?, with_extension(&seeds.join("sidecars"), "json")?].concat()
        {
            let name = file.file_name().unwrap_or_default();
            fs::copy(&file, folder.join(name)).map_err(|e| Error::new(file.display(), e))?;
        }
        let [articles, stories, statements] =
            ["articles", "stories", "statements"].map(|stage| self.scratch(&format!("seeds-linked-{stage}")));
        self.stage_into("article", &with_extension(&folder, "txt")?, &articles)?;
        self.stage_into("stories", &[&articles], &stories)?;
        self.stage_into("statements", &[&articles], &statements)?;
        linked::score(&seeds.join("gold.json"), &articles, &stories, &statements)
    }

    /// The marked paragraphs, a file for each kind of English; the scorer reads them all at once.
    fn paragraphs(&self) -> Result<Scores, Error> {
        let (gold, quotes) = (self.scratch("paragraphs-gold"), self.scratch("paragraphs-quotes"));
        let paragraphs = marked::folder(&self.places.gold.join("paragraphs"))?;
        write_lines(&gold, paragraphs.iter().map(marked::line))?;
        self.stage_into("quotes", &[&gold], &quotes)?;
        let mut all = scores::quotes(&self.score("quotes.py", &[&gold, &quotes])?);
        let lines = fs::read_to_string(&quotes).map_err(|e| Error::new(quotes.display(), e))?;
        all.extend(marked::found(&paragraphs, &lines));
        for english in marked::ENGLISHES {
            let one = self.scratch(&format!("paragraphs-{english}"));
            write_lines(&one, paragraphs.iter().filter(|p| p.id.starts_with(english)).map(marked::line))?;
            let scored = scores::quotes(&self.score("quotes.py", &[&one, &quotes])?);
            let kept =
                scored.into_iter().filter(|(name, _)| name == "content_char_f1" || name == "relaxed_f1");
            all.extend(prefixed(english, kept.collect()));
        }
        Ok(all)
    }

    /// Pages on which nobody is quoted: whatever is found is false.
    fn plain_pages(&self) -> Result<Scores, Error> {
        let (articles, quotes) = (self.scratch("plain-articles"), self.scratch("plain-quotes"));
        let pages = with_extension(&self.places.gold.join("plain"), "txt")?;
        self.stage_into("article", &pages, &articles)?;
        self.stage_into("quotes", &[&articles], &quotes)?;
        let found = fs::read_to_string(&quotes).map_err(|e| Error::new(quotes.display(), e))?;
        Ok(scores::plain(&found))
    }

    fn polnear(&self) -> Result<Scores, Error> {
        let gold = self.data("polnear/dev.jsonl");
        let quotes = self.scratch("polnear-quotes");
        self.stage_into("quotes", &[&gold], &quotes)?;
        let mut all = scores::quotes(&self.score("quotes.py", &[&gold, &quotes])?);
        all.extend(self.each_article(&gold, &quotes)?);
        Ok(all)
    }

    /// The same by the accurate reader, as a whole.
    fn polnear_accurate(&self) -> Result<Scores, Error> {
        let (gold, quotes) = (self.data("polnear/dev.jsonl"), self.scratch("polnear-accurate"));
        self.stage_into("quotes", &[&gold, Path::new("--model"), &self.places.accurate], &quotes)?;
        Ok(scores::quotes(&self.score("quotes.py", &[&gold, &quotes])?))
    }

    /// Two scores for each article alone, so that a change shows where it helped and where it hurt. Articles go by
    /// their line number: their names are other people's words.
    fn each_article(&self, gold: &Path, quotes: &Path) -> Result<Scores, Error> {
        let read = |path: &Path| fs::read_to_string(path).map_err(|e| Error::new(path.display(), e));
        let (gold, quotes) = (read(gold)?, read(quotes)?);
        let (one_gold, one_found) = (self.scratch("one-gold"), self.scratch("one-quotes"));
        let mut all = Scores::new();
        for (nth, (gold, found)) in gold.lines().zip(quotes.lines()).enumerate() {
            for (path, line) in [(&one_gold, gold), (&one_found, found)] {
                fs::write(path, line).map_err(|e| Error::new(path.display(), e))?;
            }
            let scores = scores::quotes(&self.score("quotes.py", &[&one_gold, &one_found])?);
            for score in ["attributed_f1", "content_exact_f1"] {
                all.extend(scores.get(score).map(|v| (format!("article.{:03}.{score}", nth + 1), *v)));
            }
        }
        Ok(all)
    }

    fn speakers(&self) -> Result<Scores, Error> {
        let gold = self.data("polnear/dev.jsonl");
        let quotes = self.scratch("polnear-quotes");
        self.stage_into("quotes", &[&gold], &quotes)?;
        Ok(scores::speakers(&self.score("speakers.py", &[&self.data("speakers/dev.jsonl"), &gold, &quotes])?))
    }

    /// Mode and act where the spans are given, each article told by weights that were learned on others: what is shipped has
    /// seen them all.
    fn acts(&self) -> Result<Scores, Error> {
        let program = &self.places.learn_acts;
        let mut learn = Command::new(program);
        learn.arg(self.data("polnear/dev.jsonl")).arg(self.data("speakers/dev.jsonl"));
        learn.arg(self.data("polnear/train.jsonl")).arg(&self.places.act_labels);
        let told = learn.stderr(Stdio::inherit()).output().map_err(|e| Error::new(program.display(), e))?;
        match told.status.success() {
            true => Ok(scores::acts(&String::from_utf8_lossy(&told.stdout))),
            false => Err(Error::new("learn-acts", told.status)),
        }
    }

    /// With our own quotes, or with the gold renderings as quotes: so it is plain which part loses what.
    fn statements(&self, with_gold_quotes: bool) -> Result<Scores, Error> {
        let (gold_file, articles_file) =
            (self.data("statements/dev.jsonl"), self.data("statements/articles-dev.jsonl"));
        let gold = Gold::read(&gold_file, &articles_file)?;
        let name = if with_gold_quotes { "statements-gold" } else { "statements" };
        let (input, found) = (self.scratch(&format!("{name}-in")), self.scratch(name));
        if with_gold_quotes {
            let lines: Vec<String> =
                statements::with_gold_quotes(&gold).iter().map(|line| format!("{line}\n")).collect();
            fs::write(&input, lines.concat()).map_err(|e| Error::new(input.display(), e))?;
        }
        let input = if with_gold_quotes { &input } else { &articles_file };
        self.stage_into("statements", &[input.as_path(), Path::new("--all")], &found)?;
        let mut all =
            scores::statements(&self.score("statements.py", &[&gold_file, &articles_file, &found])?);
        all.extend(statements::score(&gold, &Told::read(&gold, &statements::lines(&found)?)));
        Ok(all)
    }

    fn copies(&self) -> Result<Scores, Error> {
        let placed = self.scratch("copies");
        self.stage_into("stories", &[&self.data("stories/reuse-articles-dev.jsonl")], &placed)?;
        let pairs = self.data("stories/reuse-pairs-dev.jsonl");
        Ok(scores::copies(&self.score("copies.py", &[&pairs, &placed])?))
    }

    /// As `copies`, over the pairs in the repository.
    fn copies_own(&self) -> Result<Scores, Error> {
        let (articles, pairs, placed) =
            (self.scratch("own-articles"), self.scratch("own-pairs"), self.scratch("own-copies"));
        let gold = reuse::folder(&self.places.gold.join("copies"))?;
        write_lines(&articles, gold.reports.iter().map(reuse::line))?;
        write_lines(&pairs, gold.pairs.into_iter())?;
        self.stage_into("stories", &[&articles], &placed)?;
        Ok(scores::copies(&self.score("copies.py", &[&pairs, &placed])?))
    }

    fn stories(&self) -> Result<Scores, Error> {
        let mut all = Scores::new();
        for set in STORY_SETS {
            let gold = self.data(&format!("stories/{set}-dev.jsonl"));
            let (blind, placed) =
                (self.scratch(&format!("{set}-blind")), self.scratch(&format!("{set}-stories")));
            let printed = self.score_with("clusters.py", &[&gold], &["--make-blind"])?;
            fs::write(&blind, printed).map_err(|e| Error::new(blind.display(), e))?;
            self.stage_into("stories", &[&blind], &placed)?;
            let scored =
                scores::clusters(&self.score_with("clusters.py", &[&gold, &placed], &["--blind"])?);
            all.extend(prefixed(set, scored));
        }
        Ok(all)
    }

    fn pages(&self) -> Result<Scores, Error> {
        let mut all = Scores::new();
        for set in PAGE_SETS {
            let folder = self.unpacked(set)?;
            let articles = self.scratch(&format!("{set}-articles"));
            self.out_of_fold(&folder, &articles)?;
            let scored =
                scores::articles(&self.score("articles.py", &[&folder.join("gold.jsonl"), &articles])?);
            all.extend(prefixed(set, scored));
        }
        Ok(all)
    }

    /// Article lines of pages, each read by what was learned without its site: what is shipped has seen them all.
    fn out_of_fold(&self, folder: &Path, into: &Path) -> Result<(), Error> {
        let out = File::create(into).map_err(|e| Error::new(into.display(), e))?;
        let mut lines = Command::new(&self.places.article_lines);
        lines.arg(&self.places.folds).arg(folder.join("gold.jsonl")).arg(folder.join("pages")).stdout(out);
        let status = lines.status().map_err(|e| Error::new(self.places.article_lines.display(), e))?;
        if status.success() { Ok(()) } else { Err(Error::new("article-lines", status)) }
    }

    fn data(&self, path: &str) -> PathBuf {
        self.places.shared.join("data").join(path)
    }

    fn scratch(&self, name: &str) -> PathBuf {
        self.places.scratch.join(format!("{name}.jsonl"))
    }

    /// The folder of an archive of pages, unpacked once.
    fn unpacked(&self, set: &str) -> Result<PathBuf, Error> {
        let archive = self.data(&format!("pages/{set}-dev.tar.xz"));
        let folder = self.places.scratch.join("pages").join(set);
        if !folder.join("gold.jsonl").exists() {
            fs::create_dir_all(&folder).map_err(|e| Error::new(folder.display(), e))?;
            let mut tar = Command::new("tar");
            tar.arg("-xJf").arg(&archive).arg("-C").arg(&folder).arg("--strip-components=1");
            printed(tar)?;
        }
        Ok(folder)
    }

    /// Runs one stage command with its output going to `into`. Skipped inputs (exit 3) are not a failure.
    fn stage_into(&self, stage: &str, inputs: &[impl AsRef<Path>], into: &Path) -> Result<(), Error> {
        let out = File::create(into).map_err(|e| Error::new(into.display(), e))?;
        let mut program = Command::new(&self.places.program);
        program.args(["stage", stage]).args(inputs.iter().map(|input| input.as_ref())).stdout(out);
        let status = program.status().map_err(|e| Error::new(self.places.program.display(), e))?;
        match status.code() {
            Some(0 | 3) => Ok(()),
            _ => Err(Error::new(format!("onrecord stage {stage}"), status)),
        }
    }

    fn score(&self, scorer: &str, files: &[&Path]) -> Result<String, Error> {
        self.score_with(scorer, files, &[])
    }

    fn score_with(&self, scorer: &str, files: &[&Path], flags: &[&str]) -> Result<String, Error> {
        let mut python = Command::new("python3");
        python.arg(self.places.shared.join("score").join(scorer)).args(files).args(flags);
        printed(python)
    }
}

/// Writes one JSON object a line.
fn write_lines(into: &Path, lines: impl Iterator<Item = serde_json::Value>) -> Result<(), Error> {
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    fs::write(into, lines).map_err(|e| Error::new(into.display(), e))
}

/// The files of `folder` with this extension, by name, but for its README.
pub(crate) fn with_extension(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Error> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|e| Error::new(folder.display(), e))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .filter(|path| !path.ends_with("README.md"))
        .collect();
    files.sort();
    Ok(files)
}

/// What a command printed, if it ended well.
fn printed(mut command: Command) -> Result<String, Error> {
    let name = format!("{:?}", command.get_program());
    let output = command.stderr(Stdio::inherit()).output().map_err(|e| Error::new(&name, e))?;
    match output.status.success() {
        true => String::from_utf8(output.stdout).map_err(|e| Error::new(name, e)),
        false => Err(Error::new(format!("{command:?}"), output.status)),
    }
}
