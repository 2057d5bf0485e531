// The editor of the query page, made of CodeMirror 6. It belongs into a shadow root: there it adds its styles as
// constructed style sheets, which a policy without inline styles allows.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "light-dark(#6b2fa0, #cfa8ff)", fontWeight: "bold" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "light-dark(#0b4f9e, #8fc1ff)" },
  { tag: [tags.string, tags.number, tags.bool], color: "light-dark(#8a3b00, #f0b37a)" },
  { tag: tags.comment, color: "light-dark(#55585e, #b0b3b8)" },
]);
const looks = EditorView.theme({
  "&": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--soft)", fontSize: "0.9rem" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-content, .cm-gutters": { fontFamily: "var(--mono)", minHeight: "12rem" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-scroller": { maxHeight: "28rem", overflow: "auto" },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--soft)" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--soft)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", unicodeBidi: "isolate" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--mark)",
  },
});

// An editor in a shadow root: `complete` is a completion source of CodeMirror, `run` is called for Ctrl+Enter.
globalThis.queryEditor = ({ parent, text, label, complete, run }) => {
  const view = new EditorView({
    parent,
    root: parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        sparql(),
        syntaxHighlighting(colours),
        looks,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, dir: "ltr", translate: "no" }),
        autocompletion({ override: [complete], icons: false }),
        keymap.of([
          { key: "Mod-Enter", run: () => (run(), true) },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
      ],
    }),
  });
  const mark = (diagnostics) => view.dispatch(setDiagnostics(view.state, diagnostics));
  return {
    view,
    get text() {
      return view.state.doc.toString();
    },
    set text(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    clear: () => mark([]),
    // Marks what is wrong from a place on, which counts lines and columns from 1, and leads there.
    mark(line, column, message) {
      const { doc } = view.state;
      const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
      const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
      const word = /^[\w:?$.-]+/.exec(doc.sliceString(from, at.to));
      mark([{ from, to: Math.min(from + (word ? word[0].length : 1), doc.length), severity: "error", message }]);
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    },
  };
};
