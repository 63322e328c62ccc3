// The element that holds the frame of this number, as WebDriver counts them; null where none does.
const [number] = arguments;
const frames = [...document.querySelectorAll("iframe, frame")];
return frames.find((frame) => frame.contentWindow === window.frames[number]) ?? null;
