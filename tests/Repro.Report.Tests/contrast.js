// Every piece of text in the page whose contrast with what is behind it is below 4.5 (WCAG 2, AA), as one sentence each.
const clear = [0, 0, 0, 0];
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
function rgba(color) {
  if (!color || color === 'none' || color === 'transparent') return clear;
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = '#000';
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
const over = (top, bottom) => [0, 1, 2].map(i => top[i] * top[3] + bottom[i] * (1 - top[3])).concat([1]);
function luminance(c) {
  const [r, g, b] = c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function ratio(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}
function layer(element) {
  const style = getComputedStyle(element);
  if (!(element instanceof SVGElement) || element instanceof SVGSVGElement) return rgba(style.backgroundColor);
  if (element.tagName === 'text') return clear;
  const fill = rgba(style.fill);
  return [fill[0], fill[1], fill[2], fill[3] * parseFloat(style.fillOpacity)];
}
function behind(element) {
  const layers = [];
  if (element instanceof SVGElement) {
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    layers.push(...document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2).filter(e => e instanceof SVGElement && !(e instanceof SVGSVGElement)).map(layer));
    element = element.closest('svg');
  }
  for (let e = element; e; e = e.parentElement) layers.push(layer(e));
  return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
}
const failing = [];
let seen = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || !element.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true })) continue;
  const style = getComputedStyle(element);
  const background = behind(element);
  const color = over(rgba(element instanceof SVGElement ? style.fill : style.color), background);
  const contrast = ratio(color, background);
  seen++;
  if (contrast < 4.5) failing.push(`${contrast.toFixed(2)}: ${node.data.trim().slice(0, 40)} (${element.tagName} ${element.getAttribute('class') ?? ''})`);
}
return [String(seen), ...failing];
