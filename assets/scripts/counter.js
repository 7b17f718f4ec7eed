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
