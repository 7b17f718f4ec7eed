// What the pages do where scripts run. Everything works without: each part only makes quicker or safer what
// links and forms do by themselves. Attributes that a template writes:
//
//   data-scan            the field that takes a scan when no other wants it; `/` goes to it
//   data-scan-wanted     a field of a form that wants a scan; it comes before data-scan
//   data-scan-submit     on such a field: a scan into it sends its form
//   data-scan-pattern    on <body>: what our codes look like, as a regular expression without ^ and $
//   data-letters         somewhere on the page: single letters act here (the account can turn that off)
//   data-letter="a"      what the letter presses; with data-focus="id" it opens its fold and goes to that field
//   data-keys            the list of keys (`details` or a link); `?` opens it
//   data-submit="many"   on a form that may be sent again (a filter); all other POST forms are sent once
//   data-busy            on a form: the words while it is being sent, for the live region
//   id="live"            the one polite live region: <p id="live" class="usa-sr-only" role="status"></p>
//   data-say             in what htmx brings: the words for the live region
//   data-heading         in what htmx brings: where the focus goes when its old place is gone
//   data-idle-warn, data-idle-lock     on <body>: seconds without a key, touch or click; 0 or none = no lock
//   data-session         on <body>: address that answers 204 while signed in; asked on "Stay" and on return
//   data-lock-warning    a <dialog> with a button [data-stay]
//   data-passkey-failed  hidden words, shown when the browser gives no passkey
//   data-locked-panel    a child of <body>, hidden: what stands on the blank page, with a link to sign in (a
//                        new tab) and a button [data-unlock]; what was typed stays under it

const live = () => document.getElementById("live");

function say(words) {
  const region = live();
  if (!region || !words) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = words), 50); // a change, also when the words are the same
}

// ---- keys and scanner -----------------------------------------------------------------------------------

const TYPED_INTO = "input:not([type=checkbox]):not([type=radio]):not([type=submit]):not([type=button]), textarea, select";

function typesInto(element) {
  return element instanceof Element && (element.matches(TYPED_INTO) || element.isContentEditable);
}

function scanField(from) {
  const form = from instanceof Element ? from.closest("form") : null;
  return (
    form?.querySelector("[data-scan-wanted]") ??
    document.querySelector("main [data-scan-wanted]") ??
    document.querySelector("[data-scan]")
  );
}

function codeAtTheEnd(text) {
  const pattern = document.body.dataset.scanPattern;
  if (!pattern) return null;
  const found = new RegExp(`(?:${pattern})$`).exec(text);
  return found ? found[0] : null;
}

function takeScan(code, field) {
  field.value = code;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  if (field.hasAttribute("data-scan-submit") || field.hasAttribute("data-scan")) {
    field.form?.requestSubmit();
  }
}

let typedNowhere = "";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.blank) return;
  const target = event.target;
  const inField = typesInto(target);

  if (event.key === "Enter") {
    // A scanner types and presses Enter, wherever the focus is. Our codes are known by their form.
    const code = codeAtTheEnd(inField ? (target.value ?? "") : typedNowhere);
    typedNowhere = "";
    if (!code) return;
    const field = scanField(target);
    if (!field || field === target) return;
    event.preventDefault();
    if (inField) {
      target.value = target.value.slice(0, -code.length); // what was there before the scan stays
      target.dispatchEvent(new Event("input", { bubbles: true }));
    }
    takeScan(code, field);
    return;
  }
  if (inField) return;
  if (event.key === "/" && typedNowhere === "") {
    const field = document.querySelector("[data-scan]") ?? scanField(null);
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
    return;
  }
  if (event.key === "?") {
    const keys = document.querySelector("[data-keys]");
    if (keys instanceof HTMLDetailsElement) {
      event.preventDefault();
      keys.open = true;
      keys.querySelector("summary")?.focus();
      keys.scrollIntoView({ block: "nearest" });
    } else if (keys instanceof HTMLAnchorElement) {
      event.preventDefault();
      keys.click();
    }
    return;
  }
  const lettered = document.querySelector(`[data-letter="${CSS.escape(event.key.toLowerCase())}"]`);
  if (lettered && typedNowhere === "" && document.querySelector("[data-letters]")) {
    event.preventDefault();
    const opened = lettered.hash ? document.querySelector(lettered.hash) : null;
    if (opened instanceof HTMLDetailsElement) opened.open = true;
    if (lettered.dataset.focus) document.getElementById(lettered.dataset.focus)?.focus();
    else lettered.click();
    return;
  }
  if (event.key.length === 1) typedNowhere = (typedNowhere + event.key).slice(-200);
});

document.addEventListener("focusin", () => (typedNowhere = ""));

// ---- a form is sent once --------------------------------------------------------------------------------
// The server has its one-time number; this spares the second click its page "already recorded".

const sent = new WeakSet();

function release(form) {
  sent.delete(form);
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.submit === "many" || (event.submitter?.formMethod || form.method) !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  sent.add(form);
  keepNumber(form);
  form.setAttribute("aria-busy", "true");
  say(form.dataset.busy);
  setTimeout(() => release(form), 20_000); // the line was lost, or the answer was a file: it may be tried again
}, true);

// Whoever goes back gets the page anew, with a new number, and the browser fills in again what was typed. The number
// it was sent with comes back with it, so that the server can say "already recorded". A reload begins a new form.

function keepNumber(form) {
  const number = form.elements.namedItem("once");
  if (!(number instanceof HTMLInputElement)) return;
  const place = Array.from(document.forms).indexOf(form);
  history.replaceState({ ...history.state, sent: { ...history.state?.sent, [place]: number.value } }, "");
}

const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
if (history.state?.sent) {
  const { sent: numbers, ...rest } = history.state;
  for (const [place, value] of Object.entries(cameBack ? numbers : {})) {
    const number = document.forms[place]?.elements.namedItem("once");
    if (number instanceof HTMLInputElement) number.value = value;
  }
  if (!cameBack) history.replaceState(rest, "");
}

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) release(form); // back from the next page
});

// ---- passkeys -------------------------------------------------------------------------------------------
// The sign-in library tells a failed passkey to the console only: whoever pressed the button is told too.

document.addEventListener("allauth.error", (event) => {
  const words = document.querySelector("[data-passkey-failed]");
  if (!words) return;
  event.preventDefault();
  words.hidden = false;
});

// ---- after htmx has changed a part ----------------------------------------------------------------------

function changed(event) {
  const target = event.detail?.ctx?.target;
  const part = target?.isConnected ? target : document.querySelector("main");
  if (!part) return;
  const words = part.matches("[data-say]") ? part : part.querySelector("[data-say]");
  say(words?.dataset.say);
  if (document.activeElement === document.body || document.activeElement === null) {
    const heading = part.querySelector("[data-heading], h1, h2, h3");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  }
}

document.addEventListener("htmx:after:settle", changed);
document.addEventListener("htmx:finally:request", (event) => {
  const source = event.detail?.ctx?.sourceElement;
  const form = source instanceof HTMLFormElement ? source : source?.closest?.("form");
  if (form) release(form);
});

// ---- idle lock ------------------------------------------------------------------------------------------
// The server ends the session by its own clock. This one blanks the screen in time, for whoever walks past.

const warnAfter = Number(document.body.dataset.idleWarn || 0) * 1000;
const lockAfter = Number(document.body.dataset.idleLock || 0) * 1000;
const SHARED = "fullfile-last-act"; // one moment for all tabs of this office; nothing else is kept

function lastAct() {
  try {
    return Number(localStorage.getItem(SHARED)) || 0;
  } catch {
    return 0;
  }
}

let lastHere = Date.now();

function acted() {
  const now = Date.now();
  if (now - lastHere < 1000) return;
  lastHere = now;
  try {
    localStorage.setItem(SHARED, String(now));
  } catch {
    // no storage: this tab counts for itself
  }
}

async function signedIn() {
  const address = document.body.dataset.session;
  if (!address) return false;
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
    return answer.status === 204;
  } catch {
    return false;
  }
}

function blank(on) {
  const panel = document.querySelector("[data-locked-panel]");
  if (on) document.documentElement.dataset.blank = "yes";
  else delete document.documentElement.dataset.blank;
  for (const part of document.body.children) {
    if (part !== panel) part.inert = on;
  }
  if (panel) {
    panel.hidden = !on;
    if (on) panel.querySelector("a, button")?.focus();
  }
}

if (lockAfter > 0) {
  const warning = document.querySelector("dialog[data-lock-warning]");
  for (const kind of ["keydown", "pointerdown", "touchstart"]) {
    addEventListener(kind, () => document.documentElement.dataset.blank || acted(), { passive: true });
  }
  lastHere = 0;
  acted(); // that the page was opened is an act

  setInterval(() => {
    // The server counts requests: whoever types for long is told to it, so that nothing typed is lost to the lock.
    if (!document.documentElement.dataset.blank && Date.now() - lastAct() < 240_000) signedIn();
  }, 240_000);
  setInterval(() => {
    if (document.documentElement.dataset.blank) return;
    const idle = Date.now() - Math.max(lastHere, lastAct());
    if (idle >= lockAfter) {
      warning?.close();
      blank(true);
    } else if (warnAfter > 0 && idle >= warnAfter) {
      if (warning && !warning.open) warning.showModal();
    } else if (warning?.open) {
      warning.close(); // somebody went on in another tab
    }
  }, 1000);

  warning?.querySelector("[data-stay]")?.addEventListener("click", async () => {
    warning.close();
    if (!(await signedIn())) blank(true);
  });
  const back = async () => {
    if (document.documentElement.dataset.blank && (await signedIn())) {
      lastHere = 0;
      acted();
      blank(false);
      say(document.querySelector("[data-locked-panel]")?.dataset.say);
    }
  };
  document.querySelector("[data-unlock]")?.addEventListener("click", back);
  addEventListener("focus", back);
}
