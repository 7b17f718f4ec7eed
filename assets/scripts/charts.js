// Pictures that a reader may zoom: Vega-Lite, drawn as SVG beside the table that holds the same facts.
//
//   <figure class="ff-picture" data-picture="days" hidden><figcaption>…the conclusion…</figcaption><div></div></figure>
//   <script type="application/json" id="days">{"mark": …}</script>      ({{ spec|json_script:"days" }})
//   <script src="{% static 'fullfile/charts.js' %}" defer></script>
//
// The figure is shown once the picture stands; without a script the table alone is the page. Expressions are
// interpreted, not compiled, so that the policy of the pages needs no `unsafe-eval`. Nothing is fetched: a
// specification brings its data along. Hatching is `url(#ff-diagonal)`, from the definitions on the page.

import { expressionInterpreter } from "vega-interpreter";
import { loader, parse, View } from "vega";
import { compile } from "vega-lite";

const FONT = '"Public Sans Web", system-ui, sans-serif';
const LOOK = {
  background: null,
  font: FONT,
  axis: { labelFontSize: 13, titleFontSize: 13, labelColor: "#1b1b1b", titleColor: "#1b1b1b" },
  legend: { labelFontSize: 13, titleFontSize: 13 },
  text: { fontSize: 13, color: "#1b1b1b" },
};

function nothingFromOutside() {
  const own = loader();
  own.load = () => Promise.reject(new Error("A picture brings its own data; nothing is fetched."));
  own.sanitize = (address) =>
    /^\/[^/\\]/.test(address)
      ? Promise.resolve({ href: address })
      : Promise.reject(new Error("A picture links to pages of this office only."));
  return own;
}

async function draw(figure) {
  const source = document.getElementById(figure.dataset.picture);
  const place = figure.querySelector("div");
  const spec = JSON.parse(source.textContent);
  const vega = compile({ ...spec, config: { ...LOOK, ...spec.config } }).spec;
  figure.hidden = false; // before drawing, since a hidden container has no width
  const view = new View(parse(vega, null, { ast: true }), {
    container: place,
    expr: expressionInterpreter,
    hover: true,
    loader: nothingFromOutside(),
    renderer: "svg",
  });
  await view.runAsync();
  if (figure.scrollWidth > figure.clientWidth) figure.tabIndex = 0; // so that keys can scroll it
}

function drawAll(root) {
  for (const figure of root.querySelectorAll("[data-picture]")) {
    if (figure.dataset.drawn) continue;
    figure.dataset.drawn = "yes";
    draw(figure).catch((problem) => {
      figure.hidden = true; // the table stays
      console.error(problem);
    });
  }
}

drawAll(document);
document.addEventListener("htmx:after:swap", () => drawAll(document));
