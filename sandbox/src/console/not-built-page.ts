/** What a browser is shown while the page is not built. */
export const NOT_BUILT = `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>mt-paas</title>
<h1>화면이 아직 빌드되지 않았습니다 <span lang="en">· The page is not built yet</span></h1>
<p>저장소에서 <code>npm run build</code>를 실행한 뒤 샌드박스를 다시 시작하십시오. API는 동작 중입니다.</p>
<p lang="en">Run <code>npm run build</code> in the repository and start the sandbox again. The API is running.</p>
</html>
`
