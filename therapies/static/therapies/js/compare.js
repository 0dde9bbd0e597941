// Compare: changes apply at once, and what the reader had opened stays open.
swapAsChosen({
  part: "compare",
  form: "[data-compare]",
  links: "[data-fetch]",
  carry: (old, next) => {
    for (const { id } of old.querySelectorAll("details[id][open]")) {
      const twin = next.querySelector(`#${CSS.escape(id)}`);
      if (twin) twin.open = true;
    }
  },
});
