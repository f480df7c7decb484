extension FormPage {
  /// For screen and paper: black on white, 4.5 to 1 everywhere, visible focus, nothing that depends on colour alone.
  public static let style = """
    :root { color-scheme: light; }
    body { margin: 0; font: 1.1875rem/1.4 "DejaVu Sans", Arial, sans-serif; color: #0b0c0c; background: #fff; }
    main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .5rem; }
    h2, h3, h4, h5, h6 { font-size: 1.35rem; margin: 0; }
    h3 { font-size: 1.2rem; } h4, h5, h6 { font-size: 1.1rem; }
    fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
    fieldset.section { margin: 1.5rem 0; padding-top: .5rem; border-top: 1px solid #767676; }
    fieldset.section fieldset.section { margin-left: 0; padding-left: 1rem; border-top: 0; border-left: 3px solid #b1b4b6; }
    legend { padding: 0; font-weight: 700; display: table; max-width: 100%; }
    .question { margin: 0 0 1.5rem; }
    .question > label, .label { display: block; font-weight: 700; margin: 0; }
    .hint, .source, .version { color: #484949; margin: .15rem 0 .4rem; }
    .standing, .note { border-left: 5px solid #1d70b8; padding: .4rem .8rem; margin: 1rem 0; }
    input[type=text], textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .3rem .4rem; border: 2px solid #0b0c0c; border-radius: 0; background: #fff; color: inherit; }
    input.short { max-width: 10rem; } input.medium { max-width: 16rem; }
    input:focus, textarea:focus, button:focus, a:focus, summary:focus { outline: 3px solid #ffbf47; outline-offset: 0; box-shadow: inset 0 0 0 2px #0b0c0c; }
    .choice { display: flex; gap: .6rem; align-items: flex-start; margin: .45rem 0; }
    .choice input { width: 1.5rem; height: 1.5rem; margin: .1rem 0 0; flex: none; }
    .choice label { padding: .05rem 0; }
    .value { margin: .3rem 0 0; font-weight: 700; }
    .invalid { border-left: 5px solid #b10e1e; padding-left: 1rem; }
    .invalid input[type=text], .invalid textarea { border-color: #b10e1e; }
    .error { color: #b10e1e; font-weight: 700; margin: .2rem 0 .4rem; }
    .error-summary { border: 5px solid #b10e1e; padding: 1rem; margin: 0 0 1.5rem; }
    .error-summary a { color: #b10e1e; font-weight: 700; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    button { font: inherit; font-weight: 700; padding: .5rem 1rem; min-height: 2.75rem; margin: 0 .6rem .6rem 0; border: 2px solid #00512b; background: #00703c; color: #fff; cursor: pointer; }
    button.secondary { background: #f3f2f1; color: #0b0c0c; border-color: #505a5f; }
    dl.answer { display: grid; grid-template-columns: minmax(9rem, 2fr) 3fr; gap: 0 1rem; margin: 0; padding: .35rem 0; border-bottom: 1px solid #b1b4b6; }
    dl.answer dt { font-weight: 700; } dl.answer dd { margin: 0; white-space: pre-line; }
    .boxes { list-style: none; padding: 0; margin: .3rem 0; columns: 2; }
    .boxes li::before { content: "\\2610\\00a0"; }
    .line, .lines { border-bottom: 1px solid #0b0c0c; margin: 0; height: 1.8rem; } .lines { height: 9rem; }
    @media (max-width: 34rem) { dl.answer { display: block; } .boxes { columns: 1; } }
    @media print {
      @page { size: A4; margin: 20mm 18mm; }
      body { font-size: 11pt; } main { max-width: none; padding: 0; }
      button, details, .error-summary { display: none; }
      .question, dl.answer, .boxes li { break-inside: avoid; } legend, h1 { break-after: avoid; }
    }

    """
}
