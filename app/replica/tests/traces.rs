//! Long histories of real writing, edit by edit, end in their known texts.
//!
//! `HANDSEL_TRACES` names a folder with traces in the form of the editing-traces collection, `NAME.json.gz`: one of a
//! paper that one person wrote, and one of two people writing at once. Without it only the small one here is played.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use std::path::Path;
use std::time::Instant;

use model::SectionId;
use replica::Content;
use serde::Deserialize;
use text::{Delta, Document};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Trace {
    end_content: String,
    txns: Vec<Step>,
}

/// What one of the writers did to the text as it stood after the steps it names.
#[derive(Deserialize)]
struct Step {
    #[serde(default)]
    agent: usize,
    /// Steps by their place in the list; a trace of one writer has none, each step follows the one before.
    #[serde(default)]
    parents: Vec<usize>,
    /// Place, characters deleted, words inserted. Places count characters, in ASCII the same as units.
    patches: Vec<(usize, usize, String)>,
}

/// A writer's copy, and what it has sent: the updates of each of its steps.
struct Writer {
    content: Content,
    sent: Vec<Vec<Vec<u8>>>,
    /// How many steps of each writer are in the copy.
    knows: Vec<usize>,
}

fn main_section() -> SectionId {
    SectionId::parse("main").unwrap()
}

/// Lets a writer take in what the others had sent up to there.
fn hear(writers: &mut [Writer], who: usize, upto: &[usize]) {
    for (from, upto) in upto.iter().enumerate().filter(|(from, _)| *from != who) {
        let known = writers[who].knows[from];
        for step in known..*upto {
            for update in writers[from].sent[step].clone() {
                writers[who].content.receive(&update).unwrap();
            }
        }
        writers[who].knows[from] = known.max(*upto);
    }
}

fn replay(name: &str, trace: &Trace) {
    let count = trace.txns.iter().map(|step| step.agent + 1).max().unwrap_or(1);
    let mut writers: Vec<Writer> = (0..count)
        .map(|agent| Writer {
            content: Content::new(agent as u64 + 1),
            sent: Vec::new(),
            knows: vec![0; count],
        })
        .collect();
    let start = Instant::now();
    // After each step, how many steps of each writer it builds on, itself included.
    let mut after: Vec<Vec<usize>> = Vec::with_capacity(trace.txns.len());
    for (at, step) in trace.txns.iter().enumerate() {
        let mut knows = vec![0; count];
        let parents = if count == 1 { at.checked_sub(1).into_iter().collect() } else { step.parents.clone() };
        for parent in parents {
            knows = knows.iter().zip(&after[parent]).map(|(one, other)| *one.max(other)).collect();
        }
        hear(&mut writers, step.agent, &knows);
        let writer = &mut writers[step.agent];
        assert_eq!(writer.knows, knows, "{name}, step {at}: a writer knows what it wrote itself");
        for (place, deleted, inserted) in &step.patches {
            assert!(inserted.is_ascii(), "{name}, step {at}: a character may be two units");
            let delta = Delta::new().retain(*place).delete(*deleted).insert(inserted);
            writer.content.write(&main_section(), &delta).unwrap();
        }
        writer.sent.push(writer.content.take_updates());
        writer.knows[step.agent] += 1;
        after.push(writer.knows.clone());
    }
    let all: Vec<usize> = writers.iter().map(|writer| writer.sent.len()).collect();
    for who in 0..count {
        hear(&mut writers, who, &all);
    }
    let replayed = start.elapsed();
    for (who, writer) in writers.iter_mut().enumerate() {
        assert_eq!(text(&mut writer.content), trace.end_content, "{name}: the text of writer {who}");
    }
    let opened = open(name, trace, &writers[0].content);
    println!("{name}: {} edits in {replayed:.1?}, {opened}", trace.txns.len());
}

/// The whole document is opened anew; tells how large it is and how long that took.
fn open(name: &str, trace: &Trace, content: &Content) -> String {
    let state = content.state().unwrap();
    let start = Instant::now();
    let mut copy = Content::new(99);
    copy.receive(&state).unwrap();
    assert_eq!(text(&mut copy), trace.end_content, "{name}: opened anew");
    format!("{} bytes opened in {:.1?}", state.len(), start.elapsed())
}

fn text(content: &mut Content) -> String {
    Document::from_delta(&content.read(&main_section()).unwrap()).text()
}

/// The trace in a file packed with gzip.
fn unpacked(path: &Path) -> Trace {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(bytes[..4], [0x1f, 0x8b, 8, 8], "{}: gzip, with the name of the file", path.display());
    let name = bytes[10..].iter().position(|byte| *byte == 0).unwrap();
    let packed = &bytes[10 + name + 1..bytes.len() - 8];
    serde_json::from_slice(&miniz_oxide::inflate::decompress_to_vec(packed).unwrap()).unwrap()
}

#[test]
fn a_small_trace_ends_in_its_text() {
    let trace = serde_json::from_str(include_str!("traces/small.json")).unwrap();
    replay("small", &trace);
}

#[test]
fn long_traces_end_in_their_texts() {
    let Some(folder) = std::env::var_os("HANDSEL_TRACES") else {
        println!("HANDSEL_TRACES names no folder, so only the small trace was played");
        return;
    };
    for name in ["automerge-paper", "friendsforever"] {
        replay(name, &unpacked(&Path::new(&folder).join(format!("{name}.json.gz"))));
    }
}
