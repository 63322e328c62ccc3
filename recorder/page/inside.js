// How the document in a frame is shown in the frame's own document: [x, y, scale]. The scale is that
// of CSS transforms and zoom. arguments: the frame.
const [frame] = arguments;
const box = frame.getBoundingClientRect();
const style = frame.ownerDocument.defaultView.getComputedStyle(frame);
// offsetWidth is rounded to whole pixels.
const isScaled = frame.offsetWidth && Math.abs(box.width - frame.offsetWidth) >= 1;
const scale = isScaled ? box.width / frame.offsetWidth : 1;
return [
  box.x + (frame.clientLeft + parseFloat(style.paddingLeft)) * scale,
  box.y + (frame.clientTop + parseFloat(style.paddingTop)) * scale,
  scale,
];
