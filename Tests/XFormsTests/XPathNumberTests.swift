import Testing

@testable import XForms

@Test(arguments: [
  (0.1, "0.1"), (1e21, "1000000000000000000000"), (1e-7, "0.0000001"), (-0.0, "0"),
  (7_707_083_893, "7707083893"), (123456.789, "123456.789"), (-1.5e-9, "-0.0000000015"),
])
func numbersPrintWithoutExponent(_ value: Double, _ text: String) {
  #expect(XPathNumber.text(value) == text)
}
