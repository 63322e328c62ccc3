// How a frame is scaled in its own document: [by transforms, by CSS zoom]. Runs on the frame itself.
const box = this.getBoundingClientRect();
// offsetWidth is rounded to whole pixels.
const isScaled = this.offsetWidth && Math.abs(box.width - this.offsetWidth) >= 1;
const zoom = this.currentCSSZoom ?? 1;
return [isScaled ? box.width / this.offsetWidth / zoom : 1, isScaled ? zoom : 1];
