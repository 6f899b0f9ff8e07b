// Put into every measured page before its own scripts: reads the page's clock at the moments that matter.
(() => {
  if (window.measure) return;
  const measure = (window.measure = {});

  /** Calls back in a task of its own; tasks keep their order. */
  const task = (() => {
    const { port1, port2 } = new MessageChannel();
    const waiting = [];
    port1.onmessage = () => waiting.shift()();
    return (work) => {
      waiting.push(work);
      port2.postMessage(null);
    };
  })();

  /** Answers when the frame that is being prepared has been painted: what is queued before a paint runs after it. */
  measure.painted = () =>
    new Promise((done) => requestAnimationFrame(() => task(() => done(performance.now()))));

  /** Answers when nothing is left to do that was put off. */
  measure.calm = async () => {
    await measure.painted();
    await new Promise((done) => requestIdleCallback(done, { timeout: 1_000 }));
    await measure.painted();
  };

  /** Notes tasks that keep the page from answering, from now on. The browser tells of those of 50 ms and more. */
  measure.watchLongTasks = () => {
    measure.tasks = [];
    const observer = new PerformanceObserver((list) => measure.tasks.push(...list.getEntries().map((task) => task.duration)));
    observer.observe({ type: "longtask" });
  };

  /** The longest of them, in milliseconds; 0 where there was none. */
  measure.longestTask = () => Math.max(0, ...measure.tasks);

  measure.root = () => window.bench.root();

  /** When the page took input for the first time, painted, in milliseconds from the start of the navigation. */
  measure.interactive = new Promise((done, fail) => {
    let bench;
    Object.defineProperty(window, "bench", {
      get: () => bench,
      set(offered) {
        bench = offered;
        offered.ready.then(() => measure.painted()).then(done, fail);
      },
    });
  });

  /** Asks after every frame until `holds` does, and answers when that frame was painted. */
  measure.paintedWith = async (holds, patience = 60_000) => {
    const end = performance.now() + patience;
    for (;;) {
      const now = await measure.painted();
      if (holds()) return now;
      if (now > end) throw new Error("waited in vain for the page to show it");
    }
  };

  /** When words are in the window, painted. */
  measure.inSight = (words) =>
    measure.paintedWith(() => {
      const lines = window.bench ? Array.from(measure.root().children) : [];
      const line = lines.find((line) => line.textContent.startsWith(words));
      const box = line?.getBoundingClientRect();
      return box && box.height > 0 && box.top < innerHeight && box.bottom > 0;
    });

  /** From now on each key press is told to `keyPainted`, with how long it took until its change was painted. */
  measure.watchKeys = () => {
    let pressed = null;
    let changed = false;
    new MutationObserver(() => (changed = true)).observe(measure.root(), {
      subtree: true, childList: true, characterData: true,
    });
    const look = async () => {
      const now = await measure.painted();
      if (!changed) return look();
      const took = now - pressed;
      pressed = null;
      window.keyPainted(String(took));
    };
    addEventListener(
      "keydown",
      (event) => {
        pressed = event.timeStamp;
        changed = false;
        look();
      },
      true,
    );
  };

  /** Applies updates, each in a task of its own as messages come in, until the last one is painted. */
  measure.applyAll = async ({ updates, last }) => {
    const start = await measure.painted();
    await new Promise((done, fail) => {
      let left = updates.length;
      for (const update of updates) {
        task(() => {
          try {
            window.bench.applyRemote(update);
          } catch (error) {
            fail(error);
          }
          left -= 1;
          if (left === 0) done();
        });
      }
    });
    const end = await measure.paintedWith(() => measure.root().textContent.includes(last));
    return end - start;
  };
})();
