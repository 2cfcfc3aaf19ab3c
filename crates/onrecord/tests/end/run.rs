//! The program in a folder of its own, with reports made up for the test.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A temp folder in which the program runs.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders that it needs.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Three outlets on one made-up event, two of them later, one without a date.
    pub(crate) fn with_reports() -> Desk {
        let desk = Desk::new();
        desk.write(
            "in/ledger.txt",
            "Mayor Ana Ruiz said on Monday: “We will open the harbour bridge in May if the steel arrives.”\n\n\
             The council met in the old hall. “It is late,” said Bo Lind, an engineer.\n",
        );
        desk.write(
            "in/ledger.json",
            r#"{"outlet": "Vale Ledger", "date": "2031-03-04", "title": "Bridge to open"}"#,
        );
        desk.write(
            "in/courier.txt",
            "Mayor Ana Ruiz told reporters: “We will open the harbour bridge in May if the steel arrives.”\n\n\
             An official, who asked not to be named, said the steel was at sea.\n",
        );
        desk.write(
            "in/courier.json",
            r#"{"outlet": "Coast Courier", "date": "2031-03-05", "title": "Mayor on bridge"}"#,
        );
        desk.write(
            "in/post.txt",
            "“The harbour bridge is a folly,” Bo Lind said.\n\nBoats waited in the rain.\n",
        );
        desk
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command().args(args).output().unwrap())
    }

    /// Runs, and expects success.
    pub(crate) fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(0), "{args:?}\n{}\n{}", ran.out, ran.err);
        ran.out
    }

    /// Runs, and expects one JSON document a line.
    pub(crate) fn lines(&self, args: &[&str]) -> Vec<Value> {
        self.ok(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Everything that a record says, as it is exported.
    pub(crate) fn export(&self, record: &str) -> String {
        let what = |what| self.ok(&["export", what, "--record", record]);
        what("articles") + &what("quotes") + &what("statements")
    }

    pub(crate) fn sql(&self, record: &str) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path(record)).unwrap()
    }
}

impl Ran {
    pub(crate) fn of(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The sample reports that lie beside the program's source.
pub(crate) fn sample() -> PathBuf {
    Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("sample")
}
