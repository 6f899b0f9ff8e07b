use model::BlobHash;
use text::{Block, Image, Intent, Intent::Break, Intent::DeleteSelection, Width, Within};

use crate::{backspace, check, check_all, check_nothing, delete, insert};

fn image(byte: u8) -> Image {
    Image::new(BlobHash([byte; 32]))
}

fn put(byte: u8) -> Intent {
    Intent::Block(Block::Image(image(byte)))
}

fn set(line: usize, image: Image) -> Intent {
    Intent::SetImage { line, image }
}

#[test]
fn an_image_leaves_a_line_to_go_on() {
    check("ab|", put(7), "ab\n{image 07}\n|");
    check("a|b", put(7), "a\n{image 07}\n|b");
    check("|", put(7), "{image 07}\n|");
    check("- |\nb", put(7), "{image 07}\n|\nb");
    check("a«b|»c", put(7), "a\n{image 07}\n|c");
    check("{image 07}|\na", put(8), "{image 07}\n{image 08}\n|\na");
    check("|⋯", put(7), "{image 07}\n|");
}

#[test]
fn an_image_is_passed_and_deleted_as_a_whole() {
    check("a\n{image 07 half: Alt}\n|b", backspace(), "a\n|b");
    check("a|\n{image 07}\nb", delete(), "a|\nb");
    check("a\n{image 07}|\n# b", delete(), "a\n# |b");
    check("a\n{image 07: Alt}|", delete(), "a\n|");
    check("a\n«{image 07}\nb|»c", DeleteSelection, "a\n|c");
    check("a\n{image 07}|", Break, "a\n{image 07}\n|");
    check("{image 07}|\na", insert("b"), "{image 07}\nb|\na");
    check_all(
        "a\n{image 07}|\nb",
        [Intent::ToggleWithin(Within::Quote), Intent::ToggleBlock(Block::Bullet)],
        "a\n{image 07}|\nb",
    );
}

#[test]
fn an_image_takes_another_text_width_and_bytes() {
    check("a|\n{image 07}", set(1, image(7).described("Alt")), "a|\n{image 07: Alt}");
    check("{image 07: Alt}|", set(0, image(7)), "{image 07}|");
    let half = Image { width: Width::Half, size: Some((640, 480)), ..image(8) };
    check(
        "{image 07 small 2x3: Alt}|",
        set(0, half.clone().described("Alt")),
        "{image 08 half 640x480: Alt}|",
    );
    check_nothing("{image 08 half 640x480}|", set(0, half));
    check_nothing("a|\n---", set(0, image(7)));
    check_nothing("a|\n---", set(1, image(7)));
    check_nothing("a|", set(9, image(7)));
}
