// Returns every visible text whose contrast with its background is below WCAG 2.2 AA (1.4.3), as "ratio: text".
() => {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  });
  const channel = (value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const light = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      layers.push(colour);
      if (colour.a === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  // In a drawing, letters have their fill, and whatever filled box they touch is ground too.
  const boxes = (text) => {
    const { left, top, right, bottom } = text.getBoundingClientRect();
    return [...text.closest('svg').querySelectorAll('rect')].filter((box) => {
      const other = box.getBoundingClientRect();
      return other.left < right && left < other.right && other.top < bottom && top < other.bottom;
    }).map((box) => getComputedStyle(box).fill).filter((fill) => fill !== 'none').map(parse);
  };
  const wrong = [];
  for (const element of document.body.querySelectorAll('*')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
    if (!text || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (['title', 'desc'].includes(element.localName)) continue;
    const style = getComputedStyle(element);
    const drawn = element instanceof SVGElement;
    const paper = behind(element);
    // Letters of a drawing may have a ground of their own: the edge that is painted around them.
    const edged = drawn && style.stroke !== 'none';
    const grounds = edged ? [parse(style.stroke)] : [paper, ...(drawn ? boxes(element).map((fill) => over(fill, paper)) : [])];
    const ratios = grounds.map((ground) => {
      const values = [light(over(parse(drawn ? style.fill : style.color), ground)), light(ground)].sort((a, b) => b - a);
      return (values[0] + 0.05) / (values[1] + 0.05);
    });
    const ratio = Math.min(...ratios);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) wrong.push(`${ratio.toFixed(2)}: ${text.slice(0, 60)}`);
  }
  return wrong;
}
