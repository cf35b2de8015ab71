/**
 * Styles: the look of the widget, for the sites that leave it as it is. Every colour is the page's
 * unless a variable says otherwise, so that it is legible on light and dark pages.
 */

const STYLES = `
:host{display:block}
:host([hidden]){display:none}
*{box-sizing:border-box}
[part~=widget]{font-family:var(--fihris-font,inherit);color:var(--fihris-text,inherit);line-height:1.7}
label,p,ol,button{display:block;margin:0 0 var(--fihris-gap,.5rem)}
ol{list-style:none;padding:0}
input,button,select{font:inherit;color:inherit;background:var(--fihris-background,transparent);border:1px solid var(--fihris-border,currentColor);border-radius:var(--fihris-radius,.3rem);padding:.4em .7em;min-height:2.75em;text-align:start}
input{width:100%}
button,select{cursor:pointer}
form div{position:relative;margin-block-end:var(--fihris-gap,.5rem)}
[part~=completions]{position:absolute;z-index:1;inset-inline:0;max-height:60vh;margin:.2rem 0 0;padding:0;overflow:auto;list-style:none;background:var(--fihris-list,Canvas);color:var(--fihris-list-text,CanvasText);border:1px solid;border-radius:var(--fihris-radius,.3rem)}
[part~=completion]{padding:.4em .7em;border:0;cursor:pointer}
[part~=completion]:hover,[part~=chosen]{background:var(--fihris-mark,#ffe48f);color:var(--fihris-mark-text,#1a1a1a)}
[part~=chosen]{outline:2px solid;outline-offset:-2px}
[part~=menus]{display:flex;flex-wrap:wrap;gap:var(--fihris-gap,.5rem)}
[part~=menu-label]{flex:1 1 9em;margin:0;font-size:.9em}
select{display:block;width:100%;padding-inline:.4em;text-overflow:ellipsis}
option{background:Canvas;color:CanvasText}
[aria-live]{position:absolute;clip-path:inset(50%);white-space:nowrap;margin:0}
li{padding-block:var(--fihris-gap,.5rem);border-block-start:1px solid var(--fihris-border,currentColor)}
li p{margin:0;overflow-wrap:anywhere}
a{color:var(--fihris-accent,inherit)}
[part~=title]{font-weight:bold}
[part~=place],[part~=note]{font-size:.9em}
mark{background:var(--fihris-mark,#ffe48f);color:var(--fihris-mark-text,#1a1a1a)}
:focus-visible{outline:3px solid var(--fihris-accent,currentColor);outline-offset:2px}
[hidden]{display:none!important}
`;

/**
 * Give a shadow root its styles: as a sheet that no content security policy forbids.
 *
 * @param {ShadowRoot} root
 */
export function adoptStyles(root) {
  // A browser that knows no such sheets is too old to search; it says so in its own style.
  if (!("adoptedStyleSheets" in root)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];
}
