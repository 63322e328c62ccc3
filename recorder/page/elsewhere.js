// Whether there is another document here than one that can be asked: what is to be told instead of an
// answer, as JSON, or "". arguments: the address where it is to be, or null.
const [address] = arguments;
if (/^about:(net|cert)error/.test(document.documentURI)) return JSON.stringify(["unreachable", location.href]);
return address !== null && location.href !== address ? JSON.stringify(["left", address]) : "";
