// The counter of the property room: printing a label, the camera as a scanner, and counting without a network.
// Everything works without it. Attributes that a template writes:
//
//   data-print           a button, hidden without scripts: prints the page
//   data-print-now       on it: the print window opens by itself, once
//   data-camera          a button, hidden: reads labels with the camera into the field whose id it names; it is
//                        shown only where the browser can (BarcodeDetector). data-camera-words: its words while it looks
//   data-counting        on the form of an inventory's scan: see below

// ---- printing -------------------------------------------------------------------------------------------

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
  if ("printNow" in button.dataset) button.focus(); // Enter prints again, and the focus is somewhere
}
if (document.querySelector("[data-print-now]")) {
  const once = `printed:${location.pathname}${location.search}`;
  let seen = false;
  try {
    seen = sessionStorage.getItem(once) !== null; // back and reload do not print again
    sessionStorage.setItem(once, "");
  } catch {
    seen = true;
  }
  if (!seen) addEventListener("load", () => setTimeout(() => print(), 300));
}

// ---- the camera -----------------------------------------------------------------------------------------

async function canRead() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return null;
  const known = await BarcodeDetector.getSupportedFormats();
  const wanted = ["qr_code", "code_128"].filter((one) => known.includes(one));
  return wanted.length ? new BarcodeDetector({ formats: wanted }) : null;
}

async function look(button, detector) {
  const field = document.getElementById(button.dataset.camera);
  const video = document.createElement("video");
  video.className = "ff-camera";
  video.playsInline = true;
  const words = button.textContent;
  button.after(video);
  button.textContent = button.dataset.cameraWords;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.srcObject = stream;
  await video.play();
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    video.remove();
    button.textContent = words;
    delete button.dataset.looking;
  };
  button.dataset.looking = "yes";
  while (button.dataset.looking && video.isConnected) {
    const [found] = await detector.detect(video).catch(() => []);
    if (found) {
      stop();
      field.value = found.rawValue;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.form?.requestSubmit();
      return;
    }
    await new Promise((done) => setTimeout(done, 150));
  }
  stop();
}

const cameras = document.querySelectorAll("[data-camera]");
if (cameras.length) {
  canRead().then((detector) => {
    if (!detector) return;
    for (const button of cameras) {
      button.hidden = false;
      button.addEventListener("click", () => {
        if (button.dataset.looking) delete button.dataset.looking;
        else look(button, detector).catch(() => button.remove());
      });
    }
  }, () => {});
}

// ---- counting -------------------------------------------------------------------------------------------
// Scans of an inventory are sent one after the other, and kept in memory while there is no network: each has a
// one-time number of its own, by which the server records it once, however often it is sent. The answer is the part
// of the page that changed: the last result and the numbers. data-counting: where scans go; data-not-sent: the words
// behind their number; [data-waiting]: where these stand; [data-tones]: the switch of tone and vibration.

const form = document.querySelector("form[data-counting]");
if (form) {
  const field = form.elements.code;
  const waiting = document.querySelector("[data-waiting]");
  const tones = document.querySelector("[data-tones]");
  const kept = [];
  let at = { place: form.dataset.place, hasPlace: form.dataset.hasPlace };
  let busy = false;

  for (const part of document.querySelectorAll("[data-tones], [data-tones-words]")) part.hidden = false;

  const number = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (one) => one.toString(16).padStart(2, "0")).join("");

  // Two notes up: found. One low: another place, or altered. Three low: unknown, or not taken. A shelf: one high.
  const NOTES = { found: [660, 880], shelf: [880], already: [520], wrong_place: [220], altered: [220], unrecorded: [180, 180, 180], refused: [180, 180, 180] };
  const BUZZ = { found: [60], shelf: [30], already: [30, 40, 30], wrong_place: [250], altered: [250], unrecorded: [120, 80, 120, 80, 120], refused: [120, 80, 120, 80, 120] };
  let audio = null;

  function sound(kind) {
    if (!tones?.checked) return;
    navigator.vibrate?.(BUZZ[kind] ?? []);
    try {
      audio ??= new AudioContext();
      (NOTES[kind] ?? []).forEach((height, place) => {
        const note = audio.createOscillator();
        const loud = audio.createGain();
        note.frequency.value = height;
        loud.gain.value = 0.15;
        note.connect(loud).connect(audio.destination);
        note.start(audio.currentTime + place * 0.16);
        note.stop(audio.currentTime + place * 0.16 + 0.12);
      });
    } catch {
      // no sound here
    }
  }

  function tell() {
    waiting.hidden = kept.length === 0;
    waiting.textContent = kept.length ? `${kept.length} ${form.dataset.notSent}` : "";
  }

  function show(html) {
    const now = new DOMParser().parseFromString(html, "text/html").getElementById("counting-now");
    if (!now) return false;
    document.getElementById("counting-now").replaceWith(now);
    at = { place: now.dataset.place, hasPlace: now.dataset.hasPlace };
    const live = document.getElementById("live");
    if (live && now.dataset.say) {
      live.textContent = "";
      setTimeout(() => (live.textContent = now.dataset.say), 50);
    }
    sound(now.dataset.kind);
    return true;
  }

  async function send() {
    if (busy || !kept.length) return;
    busy = true;
    const batch = kept.slice(0, 100);
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("place", at.place);
    body.set("has_place", at.hasPlace);
    body.set("scans", JSON.stringify(batch));
    try {
      const answer = await fetch(form.dataset.counting, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      if (answer.ok && show(await answer.text())) kept.splice(0, batch.length);
      else if (answer.status === 404 || answer.status === 409) location.reload(); // closed meanwhile: the page says so
    } catch {
      // no network: they are kept
    }
    busy = false;
    tell();
    if (kept.length) setTimeout(send, kept.length > batch.length ? 0 : 5000);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = field.value.trim();
    field.value = "";
    field.focus();
    if (!code) return;
    kept.push({ code, once: number() });
    tell();
    send();
  });
  addEventListener("online", send);
  addEventListener("beforeunload", (event) => {
    if (kept.length) event.preventDefault(); // the browser asks whether to leave
  });
}
