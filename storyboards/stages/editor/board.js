// The notice board: an editor, and the notice as readers see it.
import "prosemirror-view/style/prosemirror.css";
import "prosemirror-menu/style/menu.css";
import "prosemirror-example-setup/style/style.css";
import "./board.css";

import { exampleSetup } from "prosemirror-example-setup";
import { DOMSerializer, Schema } from "prosemirror-model";
import { schema as basic } from "prosemirror-schema-basic";
import { addListNodes } from "prosemirror-schema-list";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

const schema = new Schema({
  nodes: addListNodes(basic.spec.nodes, "paragraph block*", "block"),
  marks: basic.spec.marks,
});
const view = new EditorView(document.querySelector("#editor"), {
  state: EditorState.create({ schema, plugins: exampleSetup({ schema }) }),
  attributes: { "aria-label": "Notice", role: "textbox", "aria-multiline": "true" },
});

document.querySelector("#publish").addEventListener("click", () => {
  const notice = document.querySelector("#notice");
  const content = DOMSerializer.fromSchema(schema).serializeFragment(view.state.doc.content);
  notice.replaceChildren(content);
  document.querySelector("#writing").hidden = true;
  document.querySelector("#published").hidden = false;
});
