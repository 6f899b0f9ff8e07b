//! Many steps by this person, the browser and others, in any order: page, surface and host always agree.

use fastrand::Rng;
use text::{Attrs, Block, Delta, Intent, Mark, Selection, Unit, Value, Within, utf16_len};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

const WORDS: [&str; 10] = ["a", "bc", " ", "é", "🎉", "x y", "⏎", "- ", "{{k}}", "{{"];

fn image() -> Intent {
    Intent::Block(Block::Image(text::Image::new(model::BlobHash([7; 32]))))
}

fn intent(random: &mut Rng, stage: &Stage) -> Intent {
    let lines = stage.surface.document().lines().len();
    match random.u8(..16) {
        0 | 1 => Intent::Break,
        2 => Intent::SoftBreak,
        3 => Intent::Delete { unit: Unit::Grapheme, forward: random.bool() },
        4 => Intent::Delete { unit: Unit::Word, forward: random.bool() },
        5 => Intent::DeleteSelection,
        6 => Intent::Paste(Delta::new().insert("p\nq").insert_with("\n", heading())),
        7 => Intent::ToggleMark(random.choice([Mark::Bold, Mark::Italic, Mark::Code]).unwrap()),
        8 => Intent::Link(random.bool().then(|| "https://a.example".to_owned())),
        9 => Intent::ClearMarks,
        10 => Intent::ToggleBlock(random.choice([Block::Heading(2), Block::Bullet, Block::Ordered]).unwrap()),
        11 => Intent::ToggleBlock(
            random.choice([Block::Check { done: false }, Block::Code { language: String::new() }]).unwrap(),
        ),
        12 => Intent::ToggleWithin(Within::Quote),
        13 => Intent::Indent(random.choice([-1, 1]).unwrap()),
        14 => Intent::ToggleCheck { line: random.usize(..lines) },
        _ => random.choice([Intent::Divider, Intent::Block(Block::Table("t".into())), image()]).unwrap(),
    }
}

fn heading() -> Attrs {
    Attrs::none().with("header", Value::Int(3))
}

fn remote(random: &mut Rng, stage: &Stage) -> Delta {
    let len = stage.surface.document().len();
    let at = random.usize(..=len);
    let part = random.usize(..=(len - at).min(6));
    let start = Delta::new().retain(at);
    match random.u8(..6) {
        0 => start.insert(random.choice(["r", "{{a}}", "}}", "\n", "rr\nr", "\u{2028}"]).unwrap()),
        1 => start.delete(part),
        2 => start.retain_with(
            part,
            Attrs::none().with("bold", random.choice([Value::True, Value::Null]).unwrap()),
        ),
        3 => start.retain_with(part, Attrs::none().with("list", Value::Text("bullet".into()))),
        4 => start.insert_with("\n", Attrs::none().with("x-divider", Value::True)),
        _ => start.insert("in").delete(part),
    }
}

/// Somebody gives a variable a value, or takes it away.
fn set_value(random: &mut Rng, stage: &Stage) {
    let mut values = stage.host.values.borrow_mut();
    values.clear();
    if random.bool() {
        values.insert(random.choice(["a", "k"]).unwrap().to_owned(), "Penhale".to_owned());
    }
    drop(values);
    stage.surface.redraw_variables();
}

fn select(random: &mut Rng, stage: &Stage) {
    let last = stage.surface.document().last_offset();
    let anchor = stage.surface.document().snap(random.usize(..=last));
    let head = if random.bool() { anchor } else { stage.surface.document().snap(random.usize(..=last)) };
    stage.surface.select(Selection::new(anchor, head));
}

async fn compose(random: &mut Rng, stage: &Stage, context: &str) {
    stage.compose("compositionstart");
    let (node, _) = stage.page_caret();
    if node == **stage.root {
        // Where no caret can stand no browser composes.
        stage.compose("compositionend");
        return settled().await;
    }
    let selection = web_sys::window().unwrap().get_selection().unwrap().unwrap();
    selection.delete_from_document().unwrap();
    let mut over = 0;
    for word in ["n", "ni", "你"] {
        // Others may take the very line away in which words are composed.
        let (node, offset) = stage.page_caret();
        if node == **stage.root || !stage.root.contains(Some(&node)) || offset < over {
            break;
        }
        stage.compose_step(word, over);
        over = utf16_len(word) as u32;
        for _ in 0..random.u8(..3) {
            stage.receive(&remote(random, stage));
            set_value(random, stage);
        }
    }
    stage.compose("compositionend");
    settled().await;
    stage.agrees(context);
}

#[wasm_bindgen_test]
async fn everybody_agrees_after_every_step() {
    for seed in [1, 2, 3, 4] {
        let mut random = Rng::with_seed(seed);
        let stage = Stage::new(
            "|one two\n# Head\n- a\n  - b\n[x] c\n``` code\n---\n> q **b** [l](https://a.example)\n{table t}",
        );
        for step in 0..500 {
            let context = format!("seed {seed} step {step}");
            match random.u8(..10) {
                0..=2 => stage.type_text(&random.choice(WORDS).unwrap().replace('⏎', "")),
                3 => stage.backspace(),
                4 | 5 => drop(stage.surface.act(intent(&mut random, &stage))),
                6 => stage.receive(&remote(&mut random, &stage)),
                7 => {
                    stage.receive(&remote(&mut random, &stage));
                    set_value(&mut random, &stage);
                }
                8 => select(&mut random, &stage),
                _ => compose(&mut random, &stage, &context).await,
            }
            stage.agrees(&context);
            let last = stage.surface.document().last_offset();
            let selection = stage.surface.selection();
            assert!(
                selection.start() <= last && selection.end() <= last,
                "{selection:?} of {last}, {context}"
            );
            if stage.surface.document().len() > 400 {
                stage.surface.select(Selection::new(0, 300));
                stage.surface.act(Intent::DeleteSelection);
            }
        }
    }
}
