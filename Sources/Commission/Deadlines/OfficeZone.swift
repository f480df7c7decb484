public import FEEL

extension Zone {
  /// The zone in which the offices of all commissions tell the day; a case counts in the zone of its calendar.
  public static let office = Zone(named: "Asia/Baku") ?? .utc
}

extension Instant {
  /// The day it is in the offices.
  var officeDay: Day {
    DateTime(self, in: .office)!.day  // stored instants are within the range of dates
  }
}
