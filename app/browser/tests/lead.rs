//! One tab at a time leads.

use std::{cell::RefCell, rc::Rc};

use browser::{lead::lead, timers};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Lets the browser decide who leads.
async fn decide() {
    for _ in 0..20 {
        timers::sleep(5).await;
    }
}

#[wasm_bindgen_test]
async fn the_next_in_line_leads_when_the_first_one_goes() {
    let led: Rc<RefCell<Vec<u8>>> = Rc::default();
    let begin = |who: u8| {
        let led = led.clone();
        move || led.borrow_mut().push(who)
    };
    let one = lead("handsel/test/lead", begin(1));
    let two = lead("handsel/test/lead", begin(2));
    let three = lead("handsel/test/lead", begin(3));
    let elsewhere = lead("handsel/test/other", begin(9));
    decide().await;
    led.borrow_mut().sort_unstable();
    assert_eq!(*led.borrow(), [1, 9]);
    // Who leaves the line never leads.
    drop(two);
    drop(one);
    decide().await;
    assert_eq!(*led.borrow(), [1, 9, 3]);
    drop((three, elsewhere));
}
