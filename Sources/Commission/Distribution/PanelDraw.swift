internal import Crypto
public import FEEL

/// A drawn panel with everything that is needed to draw it again and to see why others were not.
public struct PanelDraw: Hashable, Sendable {
  /// One expert who could have been drawn, or why not.
  public struct Candidate: Hashable, Sendable {
    public let expert: String
    public let speciality: String
    /// Open tasks, in steps of `loadStep`: less loaded experts come first.
    public let loadBand: Int
    /// SHA-256 of seed and code: the order among equals, foreseen by nobody.
    public let rank: String
    /// The reasons of the decision `conflict-of-interest`; empty: free.
    public let conflicts: [String]
  }

  public struct Member: Hashable, Sendable {
    public let expert: String
    public let user: String
    /// `chair` or `member`.
    public let role: String
    public let speciality: String
    public let area: String
    public let settlement: String
  }

  /// `first` or `appeal`.
  public let level: String
  /// SHA-256 of case number, day, number of the draw and the authority's secret.
  public let seed: String
  public let candidates: [Candidate]
  public let panel: [Member]

  /// How many open tasks make one step of load.
  public static let loadStep = 5
}

extension PanelDraw: JSONRecord {
  public static func members(of value: PanelDraw?, in json: inout JSONCoder) throws -> PanelDraw {
    try PanelDraw(
      level: json.member("level", value?.level),
      seed: json.member("seed", value?.seed),
      candidates: json.member("candidates", value?.candidates),
      panel: json.member("panel", value?.panel))
  }
}

extension PanelDraw.Candidate: JSONRecord {
  public static func members(of value: PanelDraw.Candidate?, in json: inout JSONCoder) throws
    -> PanelDraw.Candidate
  {
    try PanelDraw.Candidate(
      expert: json.member("expert", value?.expert),
      speciality: json.member("speciality", value?.speciality),
      loadBand: json.member("loadBand", value?.loadBand),
      rank: json.member("rank", value?.rank),
      conflicts: json.member("conflicts", value?.conflicts))
  }
}

extension PanelDraw.Member: JSONRecord {
  public static func members(of value: PanelDraw.Member?, in json: inout JSONCoder) throws
    -> PanelDraw.Member
  {
    try PanelDraw.Member(
      expert: json.member("expert", value?.expert),
      user: json.member("user", value?.user),
      role: json.member("role", value?.role),
      speciality: json.member("speciality", value?.speciality),
      area: json.member("area", value?.area),
      settlement: json.member("settlement", value?.settlement))
  }
}

/// What a panel must be: the decision `panel-plan`.
struct PanelPlan {
  let size: Int
  /// One speciality per seat, the chair's first; missing ones are free.
  let specialities: [String]

  init?(_ value: FEELValue?) {
    guard case .context(let context)? = value, case .number(let size)? = context["size"],
      let size = Int(exactly: size), size > 0
    else { return nil }
    self.size = size
    if case .list(let list)? = context["specialities"] {
      specialities = list.compactMap(\.text)
    } else {
      specialities = []
    }
  }
}

/// Draws a panel at random among free experts, the least loaded first (DT-09).
struct PanelLottery {
  let plan: PanelPlan
  let level: String
  let seed: String
  /// Members who stay, when only some are replaced.
  let kept: [PanelDraw.Member]

  /// The order in which an expert is reached by the seed.
  static func rank(seed: String, expert: String) -> String {
    SHA256.hash(data: Array("\(seed)|\(expert)".utf8)).hex
  }

  /// The panel; `nil` when there are not enough free experts.
  func draw(_ experts: [Authority.Expert], candidates: [PanelDraw.Candidate]) -> PanelDraw? {
    let free = candidates.filter(\.conflicts.isEmpty)
      .sorted { ($0.loadBand, $0.rank) < ($1.loadBand, $1.rank) }
    let byCode = Dictionary(experts.map { ($0.code, $0) }) { first, _ in first }
    var members = kept
    var taken = Set(kept.map(\.expert))
    func seat(_ role: String, where fits: (Authority.Expert) -> Bool) -> Bool {
      let choice = free.lazy.compactMap { byCode[$0.expert] }
        .first { !taken.contains($0.code) && fits($0) }
      guard let choice else { return false }
      taken.insert(choice.code)
      members.append(member(choice, role: role))
      return true
    }
    if !members.contains(where: { $0.role == "chair" }) {
      let wanted = plan.specialities.first
      guard
        seat("chair", where: { $0.isChair && (wanted == nil || $0.speciality == wanted) })
          || seat("chair", where: \.isChair)
      else { return nil }
    }
    for speciality in plan.specialities.dropFirst()
    where members.count < plan.size && !members.contains(where: { $0.speciality == speciality }) {
      guard seat("member", where: { $0.speciality == speciality }) else { return nil }
    }
    while members.count < plan.size {
      guard seat("member", where: { _ in true }) else { return nil }
    }
    return PanelDraw(level: level, seed: seed, candidates: candidates, panel: members)
  }

  private func member(_ expert: Authority.Expert, role: String) -> PanelDraw.Member {
    PanelDraw.Member(
      expert: expert.code, user: expert.user, role: role, speciality: expert.speciality,
      area: expert.area, settlement: expert.settlement)
  }
}
