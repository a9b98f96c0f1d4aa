/* window.coachPhoto(file, limits): looks at a photo before it is sent and gives what was measured,
   with `faults`, the worst first; null for what this browser cannot open or what is no picture.
   The same steps in the same order as documents/reading/capture.py: change both or neither. */
{
  const INK_SHARE = 0.5, SOFT = 0.04, FEW_PIXELS = 400, MOST_PIXELS = 6000, BAND = 4, WIDEST_TILT = 30;
  const SMEAR = 4, TALLEST = 24, FEW_RUNS = 200, EVEN = 240, SHORT_RUN = 10, DEPTHS = [1, 4];

  window.coachPhoto = async (file, limits) => {
    if (!/^image\//.test(file.type)) return null;
    try {
      const longest = await sides(file);
      const seen = measure(await small(file, longest, limits), limits);
      seen.letters *= Math.max(...longest) / seen.side;
      return { ...seen, faults: faults(seen, limits) };
    } catch {
      return null;
    }
  };

  async function sides(file) {
    const photo = new Image();
    photo.src = URL.createObjectURL(file);
    try {
      await new Promise((done, fail) => { photo.onload = done; photo.onerror = fail; });
      return [photo.naturalWidth, photo.naturalHeight];
    } finally {
      URL.revokeObjectURL(photo.src);
    }
  }

  async function small(file, longest, { side, cell }) {
    const scale = Math.min(1, side / Math.max(...longest));
    const [width, height] = longest.map((n) => Math.max(cell, Math.floor(Math.trunc(n * scale) / cell) * cell));
    const photo = await createImageBitmap(file, { resizeWidth: width, resizeHeight: height, resizeQuality: "medium", imageOrientation: "from-image" });
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(photo, 0, 0);
    photo.close();
    const { data } = pen.getImageData(0, 0, width, height);
    const grey = new Uint8Array(width * height);
    for (let at = 0; at < grey.length; at++) grey[at] = (77 * data[4 * at] + 150 * data[4 * at + 1] + 29 * data[4 * at + 2] + 128) >> 8;
    return { grey, width, height };
  }

  function faults(seen, limits) {
    if (seen.light < limits.light) return ["dark"];
    const found = {
      blurred: seen.sharp !== null && seen.sharp < limits.sharp,
      glare: seen.glare > limits.glare,
      cut: seen.cut > limits.cut,
      small: seen.letters > 0 && seen.letters < limits.letters,
      tilted: Math.abs(seen.tilt) > limits.tilt,
    };
    return Object.keys(found).filter((code) => found[code]);
  }

  function measure({ grey, width, height }, limits) {
    const cell = limits.cell, area = cell * cell, wide = width / cell, high = height / cell;
    const square = new Uint16Array(grey.length);
    for (let at = 0; at < grey.length; at++) square[at] = Math.floor(Math.floor(at / width) / cell) * wide + Math.floor((at % width) / cell);
    const sums = () => new Float64Array(wide * high);
    const sum = sums(), sumOfSquares = sums(), bright = sums(), brightCount = sums(), inked = sums(), bends = sums();
    for (let at = 0; at < grey.length; at++) {
      sum[square[at]] += grey[at];
      sumOfSquares[square[at]] += grey[at] * grey[at];
    }
    for (let at = 0; at < grey.length; at++) {
      const own = square[at];
      if (grey[at] < Math.floor(sum[own] / area)) continue;
      bright[own] += grey[at];
      brightCount[own]++;
    }
    const light = bright.map((total, own) => Math.floor(total / brightCount[own]));
    const paper = around(light, wide, high, Math.max);
    const level = shareOf(light, 0.8);
    const ink = new Uint8Array(grey.length);
    for (let at = 0; at < grey.length; at++) {
      const behind = 2 * paper[square[at]] >= level ? paper[square[at]] : 0;
      if (100 * grey[at] >= limits.ink * behind || grey[at] + limits.step > behind) continue;
      ink[at] = 1;
      inked[square[at]]++;
    }
    const share = inked.map((count) => count / area);
    const spread = sum.map((total, own) => sumOfSquares[own] / area - (total / area) ** 2);
    const printed = share.map((part) => part >= SOFT && part <= INK_SHARE);
    const soft = [...spread.keys()].filter((own) =>
      spread[own] >= Math.max(9, (SOFT * paper[own]) ** 2) && 2 * paper[own] >= level && share[own] <= INK_SHARE);
    const side = Math.max(width, height);
    if (soft.length < limits.fewest) return { sharp: null, light: level, glare: 0, cut: 0, tilt: 0, letters: 0, side };
    for (let row = 1; row < height - 1; row++) {
      for (let at = row * width + 1; at < (row + 1) * width - 1; at++) {
        bends[square[at]] += (grey[at - width] + grey[at + width] + grey[at - 1] + grey[at + 1] - 4 * grey[at]) ** 2;
      }
    }
    const ratios = soft.map((own) => bends[own] / area / Math.max(spread[own], 1)).sort((one, two) => one - two);
    const words = ink.map((mark, at) => mark && printed[square[at]]);
    const { tilt, sides } = lean(words, width, limits.sure);
    const behind = soft.map((own) => light[own]);
    return {
      sharp: ratios[Math.floor(0.8 * (ratios.length - 1))],
      light: shareOf(behind, 0.5),
      glare: shareOf(behind, 0.2) >= EVEN ? 0 : glare(sum.map((total) => total >= limits.white * area), printed, wide, high),
      cut: cut(ink, width, height),
      tilt,
      letters: Math.max(...sides.map((down) => letters(words, width, height, down))),
      side,
    };
  }

  function around(values, wide, high, choose) {
    return values.map((_, own) => {
      const x = own % wide, y = (own - x) / wide;
      let best = values[own];
      for (let row = Math.max(0, y - 1); row <= Math.min(high - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(wide - 1, x + 1); column++) best = choose(best, values[row * wide + column]);
      }
      return best;
    });
  }

  function shareOf(levels, share) {
    const counts = new Uint32Array(256);
    for (const level of levels) counts[level]++;
    let seen = 0, level = 0;
    while ((seen += counts[level]) < share * levels.length) level++;
    return level;
  }

  function glare(white, printed, wide, high) {
    const core = around(white, wide, high, Math.min);
    const between = (own, step, first, last) => {
      let before = false, after = false;
      for (let at = first; at <= own; at += step) before ||= printed[at] > 0;
      for (let at = own; at <= last; at += step) after ||= printed[at] > 0;
      return before && after;
    };
    let count = 0;
    core.forEach((blown, own) => {
      const x = own % wide, y = (own - x) / wide;
      if (!blown || x === 0 || y === 0 || x === wide - 1 || y === high - 1) return;
      if (between(own, 1, own - x, own - x + wide - 1) || between(own, wide, x, (high - 1) * wide + x)) count++;
    });
    return count;
  }

  function cut(ink, width, height) {
    const strokes = (first, step, length) => runs(ink, first, step, length).filter((run) => run <= SHORT_RUN).length;
    const fewest = (count) => Math.min(...DEPTHS.map(count));
    return Math.max(
      fewest((depth) => strokes(depth * width, 1, width)),
      fewest((depth) => strokes((height - 1 - depth) * width, 1, width)),
      fewest((depth) => strokes(depth, width, height)),
      fewest((depth) => strokes(width - 1 - depth, width, height)),
    );
  }

  function runs(marks, first, step, length, found = []) {
    let run = 0;
    for (let n = 0; n <= length; n++) {
      if (n < length && marks[first + n * step]) run++;
      else if (run) { found.push(run); run = 0; }
    }
    return found;
  }

  function lean(words, width, sure) {
    const places = [];
    words.forEach((mark, at) => { if (mark) places.push(at); });
    if (places.length < FEW_PIXELS) return { tilt: 0, sides: [false] };
    const every = Math.floor(places.length / MOST_PIXELS) + 1;
    const few = places.filter((_, n) => n % every === 0);
    const xs = few.map((at) => at % width), ys = few.map((at) => Math.floor(at / width));
    const ways = [[xs, ys], [ys.map((y) => -y), xs]];
    const level = ways.map((way) => order(way, 0));
    let best = sure * Math.max(...level), tilt = 0, sides = [false, true].filter((down) => sure * level[Number(down)] > Math.max(...level));
    ways.forEach((way, number) => {
      for (let angle = -WIDEST_TILT; angle <= WIDEST_TILT; angle += 2) {
        const found = order(way, angle);
        if (found > best) [best, tilt, sides] = [found, angle, [number === 1]];
      }
    });
    return { tilt, sides };
  }

  function order([across, along], angle) {
    const slope = Math.tan(angle * Math.PI / 180);
    const counts = new Uint32Array(1024);
    let first = 1023, last = 0, total = 0;
    for (let n = 0; n < across.length; n++) {
      const band = 512 + Math.floor((along[n] - across[n] * slope) / BAND);
      counts[band]++;
      if (band < first) first = band;
      if (band > last) last = band;
    }
    for (let band = first; band < last; band++) total += (counts[band + 1] - counts[band]) ** 2;
    return total;
  }

  function letters(words, width, height, down) {
    const [length, lines, along, across] = down ? [height, width, width, 1] : [width, height, 1, width];
    const joined = new Uint8Array(words.length);
    for (let line = 0; line < lines; line++) {
      for (let n = 0; n < length; n++) {
        if (!words[line * across + n * along]) continue;
        for (let near = Math.max(0, n - SMEAR); near <= Math.min(length - 1, n + SMEAR); near++) joined[line * across + near * along] = 1;
      }
    }
    const found = [];
    for (let n = 0; n < length; n++) runs(joined, n * along, across, lines, found);
    const thick = found.filter((run) => run >= 2 && run <= TALLEST).sort((one, two) => one - two);
    if (thick.length < FEW_RUNS) return 0;
    const few = Math.floor(thick.length / 4), middle = thick.slice(few, thick.length - few);
    return middle.reduce((total, run) => total + run, 0) / middle.length;
  }
}
