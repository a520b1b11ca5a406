/** The colour that a custom property stands for just now, in the present theme. */
export function resolvedColour(element: HTMLElement, property: string): string {
  // A probe of its own: the element's colour may be on its way to another one.
  const probe = document.createElement('span')
  probe.style.color = `var(${property})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
