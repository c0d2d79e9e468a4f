// What is wrong with the page for people who can't see it, or see it badly: one line each.

(() => {
  const NAMELESS = "has no id that";
  const visible = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const where = (node) => `${node.tagName.toLowerCase()}#${node.id}.${node.className}`;

  function channels(text) {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  }

  function luminance(rgb) {
    const [r, g, b] = rgb.map((value) => value / 255)
      .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  // The colours that may lie behind a node: those of a gradient too, the worst of them counts.
  function behind(node) {
    const over = [];
    for (let at = node; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      const stops = backgroundImage.match(/rgba?\([^)]*\)/g) ?? [];
      if (stops.length) return stops.map((stop) => channels(stop).slice(0, 3));
      const [r, g, b, alpha] = channels(backgroundColor);
      if (alpha === 255) return [over.reduceRight(mixed, [r, g, b])];
      if (alpha > 0) over.push([r, g, b, alpha]);
    }
    return [[255, 255, 255]];
  }

  const mixed = (below, [r, g, b, alpha]) =>
    [r, g, b].map((value, n) => value * alpha / 255 + below[n] * (1 - alpha / 255));

  function contrast(node) {
    const text = luminance(channels(getComputedStyle(node).color).slice(0, 3));
    return Math.min(...behind(node).map((colour) => {
      const [dark, bright] = [text, luminance(colour)].sort((one, other) => one - other);
      return (bright + 0.05) / (dark + 0.05);
    }));
  }

  function hasOwnText(node) {
    return [...node.childNodes].some((each) => each.nodeType === 3 && each.textContent.trim());
  }

  const found = [];
  const all = [...document.querySelectorAll("body *")];
  const ids = all.map((node) => node.id).filter(Boolean);
  for (const id of new Set(ids.filter((each, n) => ids.indexOf(each) !== n))) found.push(`two ${id}`);
  for (const node of all) {
    for (const name of ["aria-controls", "aria-labelledby", "for"]) {
      const id = node.getAttribute(name);
      if (id && !document.getElementById(id)) found.push(`${where(node)}: ${name} ${NAMELESS}`);
    }
    if (node.matches("button button, summary button, a button")) found.push(`${where(node)} nested`);
    if (node.tabIndex > 0) found.push(`${where(node)}: its own place in the order`);
    const isRead = hasOwnText(node) && visible(node) && !node.closest("[aria-hidden], :disabled");
    const isClipped = node.closest(".unseen, noscript");
    if (isRead && !isClipped && contrast(node) < 4.5) {
      found.push(`${where(node)}: contrast ${contrast(node).toFixed(2)} "${node.textContent.slice(0, 30)}"`);
    }
  }
  return found;
})()
