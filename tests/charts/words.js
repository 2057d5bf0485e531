// How wide the words are that two programs drew for the same texts: `arguments` are the picture as SVG, the same as a
// PNG, and a function to call with [text, widths in the first, widths in the second].
const [svg, png, done] = arguments;
const zoom = 2;
const load = (address) => new Promise((loaded) => {
  const image = new Image();
  image.onload = () => loaded(image);
  image.src = address;
});
const pixels = async (address, width, height) => {
  const image = await load(address);
  const canvas = document.createElement("canvas");
  canvas.width = width * zoom;
  canvas.height = height * zoom;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context;
};
// The runs of columns with ink in a box; less than `gap` without ink is inside a word.
const runs = (context, box, gap) => {
  const [x, y, width, height] = [box.x * zoom - 4, box.y * zoom, box.width * zoom + 8, box.height * zoom].map(Math.round);
  const data = context.getImageData(x, y, width, height).data;
  const found = [];
  let last = -Infinity;
  for (let column = 0; column < width; column++) {
    let dark = false;
    for (let row = 0; row < height && !dark; row++) {
      const at = 4 * (row * width + column);
      dark = data[at] + data[at + 1] + data[at + 2] < 480;
    }
    if (!dark) continue;
    if (column - last > gap) found.push([column, column]);
    found[found.length - 1][1] = last = column;
  }
  return found.map(([first, end]) => end - first + 1);
};
(async () => {
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  document.body.replaceChildren(drawing);
  await document.fonts.ready;
  const { width, height } = drawing.viewBox.baseVal;
  const here = await pixels(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`, width, height);
  const there = await pixels(`data:image/png;base64,${png}`, width, height);
  const corner = drawing.getBoundingClientRect();
  done([...drawing.querySelectorAll("text")].map((text) => {
    const size = Number(text.getAttribute("font-size"));
    const box = text.getBoundingClientRect();
    const inside = { x: box.x - corner.x, y: box.y - corner.y, width: box.width, height: box.height };
    const gap = size * 0.3 * zoom;
    return [text.textContent, runs(here, inside, gap), runs(there, inside, gap), inside.x, inside.x + inside.width];
  }));
})();
