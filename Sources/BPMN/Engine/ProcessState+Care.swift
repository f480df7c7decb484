import FEEL

/// What pauses and migrations change; part of `apply`.
extension ProcessState {
  /// Kept messages wait as long again as the pause took.
  mutating func resume(_ at: Instant) {
    guard let since = suspendedAt else { return }
    suspendedAt = nil
    let pause = at.subtracting(since)
    for key in keptMessages.keys {
      keptMessages.update(key) { kept in
        kept.message.keptUntil = kept.message.keptUntil.flatMap { $0.adding(pause) }
      }
    }
  }

  mutating func move(_ key: ElementKey, of holder: ElementKey, to due: Instant) {
    change(key, of: holder) { subscription in
      guard case .timer(_, let repeats) = subscription.trigger else { return }
      subscription.trigger = .timer(due: due, repeats: repeats)
    }
  }

  mutating func rename(_ key: ElementKey, of holder: ElementKey, to element: String) {
    change(key, of: holder) { $0.element = element }
  }

  private mutating func change(
    _ key: ElementKey, of holder: ElementKey, _ change: (inout Subscription) -> Void
  ) {
    subscriptionsByHolder.update(holder) { subscriptions in
      guard let position = subscriptions.firstIndex(where: { $0.key == key }) else { return }
      change(&subscriptions[position])
    }
  }

  mutating func migrate(_ key: ElementKey, _ process: String, _ element: String) {
    instances.update(key) {
      $0.process = process
      $0.element = element
    }
    taskRecords.update(key) {
      $0.process = process
      $0.element = element
    }
    jobRecords.update(key) {
      $0.process = process
      $0.element = element
    }
  }

  mutating func renameTokens(in scope: ElementKey, _ flows: [String: String]) {
    waitingTokens.update(scope) { tokens in
      var renamed: [String: Int] = [:]
      for (flow, count) in tokens { renamed[flows[flow] ?? flow, default: 0] += count }
      tokens = renamed
    }
  }
}
