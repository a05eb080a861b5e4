// Patterns on canvases, and the small helpers of all parts.

const $ = id => document.getElementById(id);

/** A new element. Texts become text, never markup. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A key as it may be shown. A character that would break the line or turn its direction is an escape. */
function shownKey(key) {
  const names = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  return key.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    c => names[c] || "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

const count = n => n.toLocaleString("en");
const percent = (share, places = 1) => (100 * share).toFixed(places) + " %";

function bytes(n) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (n >= 999.5 && unit < units.length - 1) {
    n /= 1000;
    unit++;
  }
  return Number(n.toPrecision(3)) + " " + units[unit];
}

function time(when) {
  return new Date(when).toISOString().slice(0, 16).replace("T", " ");
}

/** The longest side of a canvas in the gallery; larger patterns are drawn smaller, each pixel the mean of a square. */
const THUMBNAIL = 232;

function paint(canvas, width, height, greyAt) {
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = 0, j = 0; y < height; y++) {
    for (let x = 0; x < width; x++, j++) {
      const grey = greyAt(x, y);
      pixels[j] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function drawThumbnail(canvas, bits, width, height) {
  const step = Math.ceil(Math.max(width, height) / THUMBNAIL);
  const bit = j => (bits[j >> 5] >>> (j & 31)) & 1;
  paint(canvas, Math.ceil(width / step), Math.ceil(height / step), (x, y) => {
    let white = 0;
    let all = 0;
    for (let v = y * step; v < Math.min(height, (y + 1) * step); v++) {
      for (let u = x * step; u < Math.min(width, (x + 1) * step); u++, all++) white += bit(v * width + u);
    }
    return Math.round((255 * white) / all);
  });
}

function drawGrey(canvas, { width, height, bytes: base64 }) {
  const grey = bytesOf(base64);
  paint(canvas, width, height, (x, y) => grey[y * width + x]);
}

/** Draws all bits of a picture, with hidden pixels as a weave of two colours. */
function drawCue(canvas, bits, visible, width, height) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = 0, j = 0; y < height; y++) {
    for (let x = 0; x < width; x++, j++) {
      const bit = 1 << (j & 31);
      if (visible[j >> 5] & bit) pixels[j] = bits[j >> 5] & bit ? 0xffffffff : 0xff161311;
      else pixels[j] = ((x >> 1) + (y >> 1)) & 1 ? 0xffdba98f : 0xffe4bba6;
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}
