/** What the report of a check needs beyond the common style of pages. */
export const CHECK_STYLE = `
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.4rem;margin:1rem 0 0;font-size:.95rem}
.facts dt{color:var(--quiet)}
.facts dd{margin:0;overflow-wrap:anywhere}
.verdict.none{color:var(--quiet);border-color:var(--neutral)}
.finding{border-top:1px solid var(--rule);padding:1.4rem 0 1.8rem;scroll-margin-top:.5rem}
.finding:last-of-type{border-bottom:1px solid var(--rule)}
.finding h3 code{color:var(--wrong)}
.finding .origin{margin-top:.2rem}
.must{max-width:46rem;margin:.7rem 0 .5rem}
.breaches li{color:var(--wrong);font-weight:650;padding:.1rem 0}
.breaches+.origin,.talk+.origin{margin-top:1rem}
.talk{list-style:none;margin:.4rem 0 0;padding:.6rem 0;background:var(--panel);border-radius:.3rem}
.talk li{display:grid;grid-template-columns:5.5rem 4.5rem 1fr;gap:0 .8rem;padding:.12rem 1rem;align-items:baseline}
.talk .skipped{display:block;color:var(--quiet);padding-left:2.2rem;font-size:.85rem}
.talk .time{color:var(--quiet);font-size:.84em;text-align:right;white-space:nowrap}
.talk .speaker{color:var(--quiet);font-size:.84em}
.talk code{overflow-wrap:anywhere;white-space:pre-wrap}
.talk .subject{background:var(--tint);box-shadow:inset .25rem 0 var(--wrong)}
.talk .twin{box-shadow:inset .25rem 0 var(--right)}
tbody th code{white-space:nowrap}
.hint{max-width:46rem;margin-top:1rem}
footer{margin-top:3.5rem;color:var(--quiet);font-size:.85rem}
footer h2{font-size:1rem;margin-bottom:.5rem}
footer dl{display:grid;grid-template-columns:8.5rem 1fr;gap:.3rem 1rem;margin:0;max-width:52rem}
footer dt{color:var(--ink)}
footer dd{margin:0}
@media (max-width:46rem){
.talk li{grid-template-columns:max-content 1fr}
.talk .time:empty{display:none}
.talk code{grid-column:1/-1}
footer dl{grid-template-columns:1fr}
footer dd{margin-bottom:.5rem}
}
@media print{.talk,.finding h3{break-inside:avoid}}
`;
