/** Something that is done at most once in a while. */
export interface Throttled {
  readonly run: () => void
  readonly cancel: () => void
}

/** Does the work at once, and then at most every `pace` ms; what is asked for in between is done once, after it. */
export function throttled(pace: number, work: () => void): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isWanted = false
  const rest = () => {
    timer = undefined
    if (isWanted) run()
  }
  function run(): void {
    isWanted = timer !== undefined
    if (isWanted) return
    timer = setTimeout(rest, pace)
    work()
  }
  return {
    run,
    cancel() {
      clearTimeout(timer)
      isWanted = false
    },
  }
}
