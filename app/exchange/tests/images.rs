//! Images on their way in and out of texts.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

#[path = "paste/page.rs"]
mod page;

use exchange::{Note, html, image, image::no_blobs, markdown};
use expect_test::{Expect, expect};
use model::BlobHash;
use sha2::{Digest, Sha256};
use text::{Document, Selection, marked};

const GIF: &[u8] = b"GIF89a\x01\x00\x02\x00\x80\x00\x00;";

fn name(bytes: &[u8]) -> BlobHash {
    BlobHash(Sha256::digest(bytes).into())
}

/// A text in which `{image}` is [`GIF`].
fn text(notation: &str) -> Document {
    marked::read(&notation.replace("{image", &format!("{{image {}", name(GIF)))).0
}

fn finder(bytes: &[u8]) -> impl Fn(BlobHash) -> Option<Vec<u8>> {
    move |blob| (blob == name(bytes)).then(|| bytes.to_vec())
}

/// What Markdown becomes, in the notation of tests.
#[track_caller]
fn check(source: &str, expected: Expect, notes: &[Note]) {
    let imported = markdown::read(source, &mut String::new);
    let shown = marked::write(&Document::from_delta(&imported.text), Selection::caret(0));
    expected.assert_eq(&shown.replace(&name(GIF).to_string(), "gif").replace('|', ""));
    assert_eq!(imported.notes, notes);
    let has_gif = shown.contains("{image");
    assert_eq!(imported.blobs, if has_gif { vec![GIF.to_vec()] } else { vec![] });
}

#[test]
fn an_image_in_markdown_is_a_line_of_its_own() {
    let gif = image::data_address(GIF).unwrap();
    check(&format!("![A *map*]({gif})\n"), expect!["{image gif 1x2: A map}"], &[]);
    check(
        &format!("Before ![]({gif}) after ![two]({gif} \"title\")\n"),
        expect![[r#"
            Before
            {image gif 1x2}
            after
            {image gif 1x2: two}"#]],
        &[],
    );
    check(
        &format!("- a\n\n  ![b]({gif})\n\n> ![c]({gif})\n"),
        expect![[r#"
            - a
              {image gif 1x2: b}
            > {image gif 1x2: c}"#]],
        &[],
    );
}

#[test]
fn images_that_have_no_place_or_are_elsewhere_leave_words() {
    let gif = image::data_address(GIF).unwrap();
    check(&format!("# Our ![logo]({gif})\n"), expect!["# Our logo"], &[Note::Images(1)]);
    check(
        "![a cat](https://x.example/cat.png) ![b](image-1a2b3c4d.png) ![c](data:text/html;base64,PGI+)\n",
        expect!["[a cat](https://x.example/cat.png) b c"],
        &[Note::Images(3)],
    );
    check(
        &format!("![a ![b]({gif}) [c](https://x.example)]({gif})\n"),
        expect!["{image gif 1x2: a b c}"],
        &[Note::Images(1)],
    );
}

#[test]
fn markdown_holds_small_images_and_names_others() {
    let doc = text("a\n{image half: A [map]}");
    let inside = markdown::write_with(&doc, &[], &finder(GIF));
    assert_eq!(inside, format!("a\n\n![A \\[map\\]]({})\n", image::data_address(GIF).unwrap()));
    let large = [GIF, &[0; 40_000]].concat();
    let named = format!("a\n\n![A \\[map\\]](image-{}.gif)\n", &name(GIF).to_string()[..8]);
    assert_eq!(markdown::write_with(&doc, &[], &|_| Some(large.clone())), named);
    assert_eq!(
        markdown::write(&doc, &[]),
        named.replace(".gif", ".png"),
        "what is not there has some ending"
    );
}

#[test]
fn a_page_holds_its_images() {
    let doc = text("{image half 1x2: A \"map\" & <more>}\n{image}");
    let address = image::data_address(GIF).unwrap();
    let alt = "A &quot;map&quot; &amp; &lt;more&gt;";
    let image = format!("<img src=\"{address}\" alt=\"{alt}\" width=\"1\" height=\"2\" data-width=\"half\">");
    let page = html::write("Offer", &doc, &[], &finder(GIF), "en");
    assert!(page.contains(&format!("<figure>{image}</figure>")), "{page}");
    assert_eq!(
        html::fragment(&doc, &[], &finder(GIF)),
        format!("<p>{image}</p>\n<p><img src=\"{address}\" alt=\"\"></p>\n")
    );
    assert_eq!(html::fragment(&doc, &[], &no_blobs), "<p>A \"map\" &amp; &lt;more&gt;</p>\n");
}

/// What a page becomes, in the notation of tests, with the name of [`GIF`] cut short.
fn from_page(source: &str) -> (String, Vec<Vec<u8>>) {
    let imported = html::read(&page::tokens(source), &mut String::new);
    let shown = marked::write(&Document::from_delta(&imported.text), Selection::caret(0));
    (shown.replace(&name(GIF).to_string(), "gif").replace('|', ""), imported.blobs)
}

#[test]
fn an_image_that_a_page_holds_comes_back_with_its_words_and_width() {
    let doc = text("Before\n{image half 1x2: A \"map\"}\n{image small 1x2}\nAfter");
    let there = "Before\n{image gif half 1x2: A \"map\"}\n{image gif small 1x2}\nAfter";
    let fragment = html::fragment(&doc, &[], &finder(GIF));
    assert_eq!(from_page(&fragment), (there.to_owned(), vec![GIF.to_vec()]));
    let page = html::write("", &doc, &[], &finder(GIF), "en");
    assert_eq!(from_page(&page), (there.to_owned(), vec![GIF.to_vec()]));
}

#[test]
fn what_an_image_says_beside_the_picture_stays_behind() {
    let said = image::data_address(b"GIF89a\x01\x00\x02\x00\x00\x00\x00!\xfe\x0551.50\x00;").unwrap();
    let without = vec![b"GIF89a\x01\x00\x02\x00\x00\x00\x00;".to_vec()];
    assert_eq!(markdown::read(&format!("![a]({said})\n"), &mut String::new).blobs, without);
    assert_eq!(from_page(&format!("<p><img src='{said}' alt='a'></p>")).1, without);
}

#[test]
fn what_a_page_only_calls_an_image_is_none() {
    let gif = image::data_address(GIF).unwrap();
    let pages = [
        ("<p>a <img src='data:image/png;base64,PHNjcmlwdD4=' alt='no'></p>", "a no"),
        ("<p>a <img src='data:text/html;base64,PHNjcmlwdD4=' alt='no'></p>", "a no"),
        (&*format!("<h1>a <img src='{gif}' alt='logo'></h1>"), "# a logo"),
    ];
    for (source, shown) in pages {
        assert_eq!(from_page(source), (shown.to_owned(), vec![]), "{source}");
    }
}

#[test]
fn bytes_that_are_no_image_never_stand_in_a_page() {
    let page =
        html::write("Offer", &text("{image: Alt}"), &[], &|_| Some(b"<script>1</script>".to_vec()), "en");
    assert!(page.contains("<p>Alt</p>") && !page.contains("<img"), "{page}");
}
