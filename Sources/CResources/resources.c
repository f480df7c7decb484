/* Written by Tests/Scripts/embed.sh; `make resources` writes it again. */
#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "../../Forms/additional-examination.xml" suffix(, )
0};
static const unsigned char file1[] = {
#embed "../../Forms/additional-result.xml" suffix(, )
0};
static const unsigned char file2[] = {
#embed "../../Forms/appeal-admission.xml" suffix(, )
0};
static const unsigned char file3[] = {
#embed "../../Forms/appeal-decision.xml" suffix(, )
0};
static const unsigned char file4[] = {
#embed "../../Forms/appeal-examination.xml" suffix(, )
0};
static const unsigned char file5[] = {
#embed "../../Forms/appeal-finding.xml" suffix(, )
0};
static const unsigned char file6[] = {
#embed "../../Forms/appeal.xml" suffix(, )
0};
static const unsigned char file7[] = {
#embed "../../Forms/attendance.xml" suffix(, )
0};
static const unsigned char file8[] = {
#embed "../../Forms/blocks/address.xml" suffix(, )
0};
static const unsigned char file9[] = {
#embed "../../Forms/blocks/diagnosis.xml" suffix(, )
0};
static const unsigned char file10[] = {
#embed "../../Forms/blocks/evidence.xml" suffix(, )
0};
static const unsigned char file11[] = {
#embed "../../Forms/blocks/id-document.xml" suffix(, )
0};
static const unsigned char file12[] = {
#embed "../../Forms/blocks/impairment.xml" suffix(, )
0};
static const unsigned char file13[] = {
#embed "../../Forms/blocks/institution.xml" suffix(, )
0};
static const unsigned char file14[] = {
#embed "../../Forms/blocks/limitations.xml" suffix(, )
0};
static const unsigned char file15[] = {
#embed "../../Forms/blocks/period.xml" suffix(, )
0};
static const unsigned char file16[] = {
#embed "../../Forms/blocks/person-name.xml" suffix(, )
0};
static const unsigned char file17[] = {
#embed "../../Forms/cancellation.xml" suffix(, )
0};
static const unsigned char file18[] = {
#embed "../../Forms/certificate-check.xml" suffix(, )
0};
static const unsigned char file19[] = {
#embed "../../Forms/certificate-duplicate-request.xml" suffix(, )
0};
static const unsigned char file20[] = {
#embed "../../Forms/certificate.xml" suffix(, )
0};
static const unsigned char file21[] = {
#embed "../../Forms/children-answer.xml" suffix(, )
0};
static const unsigned char file22[] = {
#embed "../../Forms/children-commission-request.xml" suffix(, )
0};
static const unsigned char file23[] = {
#embed "../../Forms/children-consent.xml" suffix(, )
0};
static const unsigned char file24[] = {
#embed "../../Forms/children-consultation.xml" suffix(, )
0};
static const unsigned char file25[] = {
#embed "../../Forms/children-discussion.xml" suffix(, )
0};
static const unsigned char file26[] = {
#embed "../../Forms/children-dispute.xml" suffix(, )
0};
static const unsigned char file27[] = {
#embed "../../Forms/children-finding.xml" suffix(, )
0};
static const unsigned char file28[] = {
#embed "../../Forms/children-invitation.xml" suffix(, )
0};
static const unsigned char file29[] = {
#embed "../../Forms/children-opinion.xml" suffix(, )
0};
static const unsigned char file30[] = {
#embed "../../Forms/compensation.xml" suffix(, )
0};
static const unsigned char file31[] = {
#embed "../../Forms/completeness.xml" suffix(, )
0};
static const unsigned char file32[] = {
#embed "../../Forms/conclusion.xml" suffix(, )
0};
static const unsigned char file33[] = {
#embed "../../Forms/conflict-declaration.xml" suffix(, )
0};
static const unsigned char file34[] = {
#embed "../../Forms/court-check.xml" suffix(, )
0};
static const unsigned char file35[] = {
#embed "../../Forms/court-judgment-request.xml" suffix(, )
0};
static const unsigned char file36[] = {
#embed "../../Forms/death-notice.xml" suffix(, )
0};
static const unsigned char file37[] = {
#embed "../../Forms/employment-conclusion.xml" suffix(, )
0};
static const unsigned char file38[] = {
#embed "../../Forms/execution-report.xml" suffix(, )
0};
static const unsigned char file39[] = {
#embed "../../Forms/finding.xml" suffix(, )
0};
static const unsigned char file40[] = {
#embed "../../Forms/identity.xml" suffix(, )
0};
static const unsigned char file41[] = {
#embed "../../Forms/independent-living.xml" suffix(, )
0};
static const unsigned char file42[] = {
#embed "../../Forms/invitation.xml" suffix(, )
0};
static const unsigned char file43[] = {
#embed "../../Forms/irp-acknowledgement.xml" suffix(, )
0};
static const unsigned char file44[] = {
#embed "../../Forms/lapse.xml" suffix(, )
0};
static const unsigned char file45[] = {
#embed "../../Forms/lists/acknowledgement.csv" suffix(, )
0};
static const unsigned char file46[] = {
#embed "../../Forms/lists/additional-outcome.csv" suffix(, )
0};
static const unsigned char file47[] = {
#embed "../../Forms/lists/admission-outcome.csv" suffix(, )
0};
static const unsigned char file48[] = {
#embed "../../Forms/lists/agreement.csv" suffix(, )
0};
static const unsigned char file49[] = {
#embed "../../Forms/lists/appeal-outcome.csv" suffix(, )
0};
static const unsigned char file50[] = {
#embed "../../Forms/lists/appeal-request.csv" suffix(, )
0};
static const unsigned char file51[] = {
#embed "../../Forms/lists/area.csv" suffix(, )
0};
static const unsigned char file52[] = {
#embed "../../Forms/lists/attendance.csv" suffix(, )
0};
static const unsigned char file53[] = {
#embed "../../Forms/lists/band.csv" suffix(, )
0};
static const unsigned char file54[] = {
#embed "../../Forms/lists/body.csv" suffix(, )
0};
static const unsigned char file55[] = {
#embed "../../Forms/lists/capacity.csv" suffix(, )
0};
static const unsigned char file56[] = {
#embed "../../Forms/lists/cause-evidence.csv" suffix(, )
0};
static const unsigned char file57[] = {
#embed "../../Forms/lists/cause.csv" suffix(, )
0};
static const unsigned char file58[] = {
#embed "../../Forms/lists/certificate-decision.csv" suffix(, )
0};
static const unsigned char file59[] = {
#embed "../../Forms/lists/certificate-reason.csv" suffix(, )
0};
static const unsigned char file60[] = {
#embed "../../Forms/lists/certificate-refusal.csv" suffix(, )
0};
static const unsigned char file61[] = {
#embed "../../Forms/lists/channel.csv" suffix(, )
0};
static const unsigned char file62[] = {
#embed "../../Forms/lists/children-applicant.csv" suffix(, )
0};
static const unsigned char file63[] = {
#embed "../../Forms/lists/children-area.csv" suffix(, )
0};
static const unsigned char file64[] = {
#embed "../../Forms/lists/children-reason.csv" suffix(, )
0};
static const unsigned char file65[] = {
#embed "../../Forms/lists/choice.csv" suffix(, )
0};
static const unsigned char file66[] = {
#embed "../../Forms/lists/circumstance.csv" suffix(, )
0};
static const unsigned char file67[] = {
#embed "../../Forms/lists/citizenship.csv" suffix(, )
0};
static const unsigned char file68[] = {
#embed "../../Forms/lists/commission-type.csv" suffix(, )
0};
static const unsigned char file69[] = {
#embed "../../Forms/lists/considered.csv" suffix(, )
0};
static const unsigned char file70[] = {
#embed "../../Forms/lists/criteria.csv" suffix(, )
0};
static const unsigned char file71[] = {
#embed "../../Forms/lists/cross-check.csv" suffix(, )
0};
static const unsigned char file72[] = {
#embed "../../Forms/lists/degree-0-3.csv" suffix(, )
0};
static const unsigned char file73[] = {
#embed "../../Forms/lists/development.csv" suffix(, )
0};
static const unsigned char file74[] = {
#embed "../../Forms/lists/diagnosis-role.csv" suffix(, )
0};
static const unsigned char file75[] = {
#embed "../../Forms/lists/dispute-outcome.csv" suffix(, )
0};
static const unsigned char file76[] = {
#embed "../../Forms/lists/education-form.csv" suffix(, )
0};
static const unsigned char file77[] = {
#embed "../../Forms/lists/education-place.csv" suffix(, )
0};
static const unsigned char file78[] = {
#embed "../../Forms/lists/education-stage.csv" suffix(, )
0};
static const unsigned char file79[] = {
#embed "../../Forms/lists/effect-summary.csv" suffix(, )
0};
static const unsigned char file80[] = {
#embed "../../Forms/lists/effect.csv" suffix(, )
0};
static const unsigned char file81[] = {
#embed "../../Forms/lists/employer-measure.csv" suffix(, )
0};
static const unsigned char file82[] = {
#embed "../../Forms/lists/employment.csv" suffix(, )
0};
static const unsigned char file83[] = {
#embed "../../Forms/lists/ending.csv" suffix(, )
0};
static const unsigned char file84[] = {
#embed "../../Forms/lists/entitlement.csv" suffix(, )
0};
static const unsigned char file85[] = {
#embed "../../Forms/lists/examination.csv" suffix(, )
0};
static const unsigned char file86[] = {
#embed "../../Forms/lists/fitness.csv" suffix(, )
0};
static const unsigned char file87[] = {
#embed "../../Forms/lists/format.csv" suffix(, )
0};
static const unsigned char file88[] = {
#embed "../../Forms/lists/funding.csv" suffix(, )
0};
static const unsigned char file89[] = {
#embed "../../Forms/lists/ground.csv" suffix(, )
0};
static const unsigned char file90[] = {
#embed "../../Forms/lists/group.csv" suffix(, )
0};
static const unsigned char file91[] = {
#embed "../../Forms/lists/icd10-chapter.csv" suffix(, )
0};
static const unsigned char file92[] = {
#embed "../../Forms/lists/icd10.csv" suffix(, )
0};
static const unsigned char file93[] = {
#embed "../../Forms/lists/icf-qualifier.csv" suffix(, )
0};
static const unsigned char file94[] = {
#embed "../../Forms/lists/id-document.csv" suffix(, )
0};
static const unsigned char file95[] = {
#embed "../../Forms/lists/illness-kind.csv" suffix(, )
0};
static const unsigned char file96[] = {
#embed "../../Forms/lists/implementer.csv" suffix(, )
0};
static const unsigned char file97[] = {
#embed "../../Forms/lists/independence.csv" suffix(, )
0};
static const unsigned char file98[] = {
#embed "../../Forms/lists/institution.csv" suffix(, )
0};
static const unsigned char file99[] = {
#embed "../../Forms/lists/intake-decision.csv" suffix(, )
0};
static const unsigned char file100[] = {
#embed "../../Forms/lists/interpreter.csv" suffix(, )
0};
static const unsigned char file101[] = {
#embed "../../Forms/lists/irp-section.csv" suffix(, )
0};
static const unsigned char file102[] = {
#embed "../../Forms/lists/item-status.csv" suffix(, )
0};
static const unsigned char file103[] = {
#embed "../../Forms/lists/judgment-outcome.csv" suffix(, )
0};
static const unsigned char file104[] = {
#embed "../../Forms/lists/language.csv" suffix(, )
0};
static const unsigned char file105[] = {
#embed "../../Forms/lists/lapse-outcome.csv" suffix(, )
0};
static const unsigned char file106[] = {
#embed "../../Forms/lists/life-activity.csv" suffix(, )
0};
static const unsigned char file107[] = {
#embed "../../Forms/lists/limitation.csv" suffix(, )
0};
static const unsigned char file108[] = {
#embed "../../Forms/lists/member-role.csv" suffix(, )
0};
static const unsigned char file109[] = {
#embed "../../Forms/lists/mode.csv" suffix(, )
0};
static const unsigned char file110[] = {
#embed "../../Forms/lists/not-done-reason.csv" suffix(, )
0};
static const unsigned char file111[] = {
#embed "../../Forms/lists/order.csv" suffix(, )
0};
static const unsigned char file112[] = {
#embed "../../Forms/lists/outcome.csv" suffix(, )
0};
static const unsigned char file113[] = {
#embed "../../Forms/lists/parental-care.csv" suffix(, )
0};
static const unsigned char file114[] = {
#embed "../../Forms/lists/participant-role.csv" suffix(, )
0};
static const unsigned char file115[] = {
#embed "../../Forms/lists/potential.csv" suffix(, )
0};
static const unsigned char file116[] = {
#embed "../../Forms/lists/presence.csv" suffix(, )
0};
static const unsigned char file117[] = {
#embed "../../Forms/lists/priority.csv" suffix(, )
0};
static const unsigned char file118[] = {
#embed "../../Forms/lists/prognosis.csv" suffix(, )
0};
static const unsigned char file119[] = {
#embed "../../Forms/lists/program-review.csv" suffix(, )
0};
static const unsigned char file120[] = {
#embed "../../Forms/lists/provider-answer.csv" suffix(, )
0};
static const unsigned char file121[] = {
#embed "../../Forms/lists/purpose.csv" suffix(, )
0};
static const unsigned char file122[] = {
#embed "../../Forms/lists/question.csv" suffix(, )
0};
static const unsigned char file123[] = {
#embed "../../Forms/lists/refusal-reason.csv" suffix(, )
0};
static const unsigned char file124[] = {
#embed "../../Forms/lists/reject-reason.csv" suffix(, )
0};
static const unsigned char file125[] = {
#embed "../../Forms/lists/relative.csv" suffix(, )
0};
static const unsigned char file126[] = {
#embed "../../Forms/lists/requirement.csv" suffix(, )
0};
static const unsigned char file127[] = {
#embed "../../Forms/lists/review-outcome.csv" suffix(, )
0};
static const unsigned char file128[] = {
#embed "../../Forms/lists/service-form.csv" suffix(, )
0};
static const unsigned char file129[] = {
#embed "../../Forms/lists/service.csv" suffix(, )
0};
static const unsigned char file130[] = {
#embed "../../Forms/lists/severity.csv" suffix(, )
0};
static const unsigned char file131[] = {
#embed "../../Forms/lists/sex.csv" suffix(, )
0};
static const unsigned char file132[] = {
#embed "../../Forms/lists/sign-decision.csv" suffix(, )
0};
static const unsigned char file133[] = {
#embed "../../Forms/lists/social-applicant.csv" suffix(, )
0};
static const unsigned char file134[] = {
#embed "../../Forms/lists/social-provider.csv" suffix(, )
0};
static const unsigned char file135[] = {
#embed "../../Forms/lists/special-applicant.csv" suffix(, )
0};
static const unsigned char file136[] = {
#embed "../../Forms/lists/special-purpose.csv" suffix(, )
0};
static const unsigned char file137[] = {
#embed "../../Forms/lists/speciality.csv" suffix(, )
0};
static const unsigned char file138[] = {
#embed "../../Forms/lists/stay.csv" suffix(, )
0};
static const unsigned char file139[] = {
#embed "../../Forms/lists/term.csv" suffix(, )
0};
static const unsigned char file140[] = {
#embed "../../Forms/lists/territory.csv" suffix(, )
0};
static const unsigned char file141[] = {
#embed "../../Forms/lists/unit.csv" suffix(, )
0};
static const unsigned char file142[] = {
#embed "../../Forms/lists/vote.csv" suffix(, )
0};
static const unsigned char file143[] = {
#embed "../../Forms/lists/whodas-answer.csv" suffix(, )
0};
static const unsigned char file144[] = {
#embed "../../Forms/lists/whodas-respondent.csv" suffix(, )
0};
static const unsigned char file145[] = {
#embed "../../Forms/lists/yes-no.csv" suffix(, )
0};
static const unsigned char file146[] = {
#embed "../../Forms/lost-capacity.xml" suffix(, )
0};
static const unsigned char file147[] = {
#embed "../../Forms/mappings/cda-referral-6.xml" suffix(, )
0};
static const unsigned char file148[] = {
#embed "../../Forms/notice.xml" suffix(, )
0};
static const unsigned char file149[] = {
#embed "../../Forms/papers/appeal-admission.xml" suffix(, )
0};
static const unsigned char file150[] = {
#embed "../../Forms/papers/appeal-decision.xml" suffix(, )
0};
static const unsigned char file151[] = {
#embed "../../Forms/papers/certificate.xml" suffix(, )
0};
static const unsigned char file152[] = {
#embed "../../Forms/papers/children-opinion-institution.xml" suffix(, )
0};
static const unsigned char file153[] = {
#embed "../../Forms/papers/children-opinion.xml" suffix(, )
0};
static const unsigned char file154[] = {
#embed "../../Forms/papers/completeness.xml" suffix(, )
0};
static const unsigned char file155[] = {
#embed "../../Forms/papers/conclusion-institution.xml" suffix(, )
0};
static const unsigned char file156[] = {
#embed "../../Forms/papers/conclusion.xml" suffix(, )
0};
static const unsigned char file157[] = {
#embed "../../Forms/papers/employment-conclusion-employer.xml" suffix(, )
0};
static const unsigned char file158[] = {
#embed "../../Forms/papers/employment-conclusion.xml" suffix(, )
0};
static const unsigned char file159[] = {
#embed "../../Forms/papers/independent-living.xml" suffix(, )
0};
static const unsigned char file160[] = {
#embed "../../Forms/papers/lost-capacity.xml" suffix(, )
0};
static const unsigned char file161[] = {
#embed "../../Forms/papers/program-implementer.xml" suffix(, )
0};
static const unsigned char file162[] = {
#embed "../../Forms/papers/program.xml" suffix(, )
0};
static const unsigned char file163[] = {
#embed "../../Forms/papers/refusal.xml" suffix(, )
0};
static const unsigned char file164[] = {
#embed "../../Forms/papers/rights.xml" suffix(, )
0};
static const unsigned char file165[] = {
#embed "../../Forms/papers/social-referral.xml" suffix(, )
0};
static const unsigned char file166[] = {
#embed "../../Forms/program-extract.xml" suffix(, )
0};
static const unsigned char file167[] = {
#embed "../../Forms/program-review.xml" suffix(, )
0};
static const unsigned char file168[] = {
#embed "../../Forms/program.xml" suffix(, )
0};
static const unsigned char file169[] = {
#embed "../../Forms/protocol.xml" suffix(, )
0};
static const unsigned char file170[] = {
#embed "../../Forms/referral.xml" suffix(, )
0};
static const unsigned char file171[] = {
#embed "../../Forms/refusal.xml" suffix(, )
0};
static const unsigned char file172[] = {
#embed "../../Forms/scoring.xml" suffix(, )
0};
static const unsigned char file173[] = {
#embed "../../Forms/signature.xml" suffix(, )
0};
static const unsigned char file174[] = {
#embed "../../Forms/social-choice.xml" suffix(, )
0};
static const unsigned char file175[] = {
#embed "../../Forms/social-documents.xml" suffix(, )
0};
static const unsigned char file176[] = {
#embed "../../Forms/social-information.xml" suffix(, )
0};
static const unsigned char file177[] = {
#embed "../../Forms/social-need.xml" suffix(, )
0};
static const unsigned char file178[] = {
#embed "../../Forms/social-provider-answer.xml" suffix(, )
0};
static const unsigned char file179[] = {
#embed "../../Forms/social-referral.xml" suffix(, )
0};
static const unsigned char file180[] = {
#embed "../../Forms/social-relatives.xml" suffix(, )
0};
static const unsigned char file181[] = {
#embed "../../Forms/social-review.xml" suffix(, )
0};
static const unsigned char file182[] = {
#embed "../../Forms/social-service-request.xml" suffix(, )
0};
static const unsigned char file183[] = {
#embed "../../Forms/special-check.xml" suffix(, )
0};
static const unsigned char file184[] = {
#embed "../../Forms/special-conclusion-request.xml" suffix(, )
0};
static const unsigned char file185[] = {
#embed "../../Samples/demo/answers/appeal-admission.xml" suffix(, )
0};
static const unsigned char file186[] = {
#embed "../../Samples/demo/answers/appeal-decision.xml" suffix(, )
0};
static const unsigned char file187[] = {
#embed "../../Samples/demo/answers/appeal-examination.xml" suffix(, )
0};
static const unsigned char file188[] = {
#embed "../../Samples/demo/answers/appeal-finding.xml" suffix(, )
0};
static const unsigned char file189[] = {
#embed "../../Samples/demo/answers/appeal.xml" suffix(, )
0};
static const unsigned char file190[] = {
#embed "../../Samples/demo/answers/completeness-return.xml" suffix(, )
0};
static const unsigned char file191[] = {
#embed "../../Samples/demo/answers/completeness.xml" suffix(, )
0};
static const unsigned char file192[] = {
#embed "../../Samples/demo/answers/conclusion.xml" suffix(, )
0};
static const unsigned char file193[] = {
#embed "../../Samples/demo/answers/conflict-declaration-conflict.xml" suffix(, )
0};
static const unsigned char file194[] = {
#embed "../../Samples/demo/answers/conflict-declaration.xml" suffix(, )
0};
static const unsigned char file195[] = {
#embed "../../Samples/demo/answers/finding-e01.xml" suffix(, )
0};
static const unsigned char file196[] = {
#embed "../../Samples/demo/answers/finding-e02.xml" suffix(, )
0};
static const unsigned char file197[] = {
#embed "../../Samples/demo/answers/finding-e03.xml" suffix(, )
0};
static const unsigned char file198[] = {
#embed "../../Samples/demo/answers/finding-e07.xml" suffix(, )
0};
static const unsigned char file199[] = {
#embed "../../Samples/demo/answers/finding-e08.xml" suffix(, )
0};
static const unsigned char file200[] = {
#embed "../../Samples/demo/answers/finding-e09.xml" suffix(, )
0};
static const unsigned char file201[] = {
#embed "../../Samples/demo/answers/identity.xml" suffix(, )
0};
static const unsigned char file202[] = {
#embed "../../Samples/demo/answers/program.xml" suffix(, )
0};
static const unsigned char file203[] = {
#embed "../../Samples/demo/answers/protocol-appeal.xml" suffix(, )
0};
static const unsigned char file204[] = {
#embed "../../Samples/demo/answers/protocol.xml" suffix(, )
0};
static const unsigned char file205[] = {
#embed "../../Samples/demo/answers/referral.xml" suffix(, )
0};
static const unsigned char file206[] = {
#embed "../../Samples/demo/answers/refusal.xml" suffix(, )
0};
static const unsigned char file207[] = {
#embed "../../Samples/demo/answers/scoring-60.xml" suffix(, )
0};
static const unsigned char file208[] = {
#embed "../../Samples/demo/answers/scoring-61.xml" suffix(, )
0};
static const unsigned char file209[] = {
#embed "../../Samples/demo/answers/scoring-appeal.xml" suffix(, )
0};
static const unsigned char file210[] = {
#embed "../../Samples/demo/answers/scoring.xml" suffix(, )
0};
static const unsigned char file211[] = {
#embed "../../Samples/demo/answers/signature-dissent.xml" suffix(, )
0};
static const unsigned char file212[] = {
#embed "../../Samples/demo/answers/signature.xml" suffix(, )
0};
static const unsigned char file213[] = {
#embed "../../Samples/demo/answers/special-conclusion-request.xml" suffix(, )
0};
static const unsigned char file214[] = {
#embed "../../Samples/demo/change/calendar/az.csv" suffix(, )
0};
static const unsigned char file215[] = {
#embed "../../Samples/demo/change/exam-mode.dmn" suffix(, )
0};
static const unsigned char file216[] = {
#embed "../../Samples/demo/change/starts/look-through-1.bpmn" suffix(, )
0};
static const unsigned char file217[] = {
#embed "../../Samples/demo/change/starts/look-through-2.bpmn" suffix(, )
0};
static const unsigned char file218[] = {
#embed "../../Samples/demo/office/commissions.csv" suffix(, )
0};
static const unsigned char file219[] = {
#embed "../../Samples/demo/office/experts.csv" suffix(, )
0};
static const unsigned char file220[] = {
#embed "../../Samples/demo/office/implementers.csv" suffix(, )
0};
static const unsigned char file221[] = {
#embed "../../Samples/demo/office/institutions.csv" suffix(, )
0};
static const unsigned char file222[] = {
#embed "../../Samples/demo/office/users.csv" suffix(, )
0};
static const unsigned char file223[] = {
#embed "../../Samples/demo/story.txt" suffix(, )
0};
static const unsigned char file224[] = {
#embed "../../Samples/dossiers/appeal/expected.tsv" suffix(, )
0};
static const unsigned char file225[] = {
#embed "../../Samples/dossiers/appeal/good/quliyev-percent.xml" suffix(, )
0};
static const unsigned char file226[] = {
#embed "../../Samples/dossiers/appeal/good/quliyev-through-clinic.xml" suffix(, )
0};
static const unsigned char file227[] = {
#embed "../../Samples/dossiers/application/bad/nothing-asked.xml" suffix(, )
0};
static const unsigned char file228[] = {
#embed "../../Samples/dossiers/application/bad/two-at-once.xml" suffix(, )
0};
static const unsigned char file229[] = {
#embed "../../Samples/dossiers/application/expected.tsv" suffix(, )
0};
static const unsigned char file230[] = {
#embed "../../Samples/dossiers/application/good/quliyev-lost-capacity.xml" suffix(, )
0};
static const unsigned char file231[] = {
#embed "../../Samples/dossiers/application/good/quliyev-lost-certificate.xml" suffix(, )
0};
static const unsigned char file232[] = {
#embed "../../Samples/dossiers/cancellation/bad/no-reason.xml" suffix(, )
0};
static const unsigned char file233[] = {
#embed "../../Samples/dossiers/cancellation/expected.tsv" suffix(, )
0};
static const unsigned char file234[] = {
#embed "../../Samples/dossiers/cancellation/good/moved.xml" suffix(, )
0};
static const unsigned char file235[] = {
#embed "../../Samples/dossiers/children-opinion/bad/other-form.xml" suffix(, )
0};
static const unsigned char file236[] = {
#embed "../../Samples/dossiers/children-opinion/expected.tsv" suffix(, )
0};
static const unsigned char file237[] = {
#embed "../../Samples/dossiers/children-opinion/good/opinion.xml" suffix(, )
0};
static const unsigned char file238[] = {
#embed "../../Samples/dossiers/correction/bad/first-revision.xml" suffix(, )
0};
static const unsigned char file239[] = {
#embed "../../Samples/dossiers/correction/expected.tsv" suffix(, )
0};
static const unsigned char file240[] = {
#embed "../../Samples/dossiers/correction/good/moved-later.xml" suffix(, )
0};
static const unsigned char file241[] = {
#embed "../../Samples/dossiers/court-act/bad/judged-tomorrow.xml" suffix(, )
0};
static const unsigned char file242[] = {
#embed "../../Samples/dossiers/court-act/bad/without-identity.xml" suffix(, )
0};
static const unsigned char file243[] = {
#embed "../../Samples/dossiers/court-act/expected.tsv" suffix(, )
0};
static const unsigned char file244[] = {
#embed "../../Samples/dossiers/court-act/good/quliyev-remitted.xml" suffix(, )
0};
static const unsigned char file245[] = {
#embed "../../Samples/dossiers/death-notice/bad/before-the-death.xml" suffix(, )
0};
static const unsigned char file246[] = {
#embed "../../Samples/dossiers/death-notice/expected.tsv" suffix(, )
0};
static const unsigned char file247[] = {
#embed "../../Samples/dossiers/death-notice/good/quliyev.xml" suffix(, )
0};
static const unsigned char file248[] = {
#embed "../../Samples/dossiers/information-request/bad/without-form.xml" suffix(, )
0};
static const unsigned char file249[] = {
#embed "../../Samples/dossiers/information-request/expected.tsv" suffix(, )
0};
static const unsigned char file250[] = {
#embed "../../Samples/dossiers/information-request/good/documents.xml" suffix(, )
0};
static const unsigned char file251[] = {
#embed "../../Samples/dossiers/information/bad/other-form.xml" suffix(, )
0};
static const unsigned char file252[] = {
#embed "../../Samples/dossiers/information/bad/without-case.xml" suffix(, )
0};
static const unsigned char file253[] = {
#embed "../../Samples/dossiers/information/expected.tsv" suffix(, )
0};
static const unsigned char file254[] = {
#embed "../../Samples/dossiers/information/good/quliyev-mri.xml" suffix(, )
0};
static const unsigned char file255[] = {
#embed "../../Samples/dossiers/irp-acceptance/expected.tsv" suffix(, )
0};
static const unsigned char file256[] = {
#embed "../../Samples/dossiers/irp-acceptance/good/quliyev-course.xml" suffix(, )
0};
static const unsigned char file257[] = {
#embed "../../Samples/dossiers/irp-compensation/bad/without-form.xml" suffix(, )
0};
static const unsigned char file258[] = {
#embed "../../Samples/dossiers/irp-compensation/expected.tsv" suffix(, )
0};
static const unsigned char file259[] = {
#embed "../../Samples/dossiers/irp-compensation/good/prosthesis.xml" suffix(, )
0};
static const unsigned char file260[] = {
#embed "../../Samples/dossiers/irp-report/expected.tsv" suffix(, )
0};
static const unsigned char file261[] = {
#embed "../../Samples/dossiers/irp-report/good/quliyev-course.xml" suffix(, )
0};
static const unsigned char file262[] = {
#embed "../../Samples/dossiers/irp/bad/without-measures.xml" suffix(, )
0};
static const unsigned char file263[] = {
#embed "../../Samples/dossiers/irp/expected.tsv" suffix(, )
0};
static const unsigned char file264[] = {
#embed "../../Samples/dossiers/irp/good/own-measures.xml" suffix(, )
0};
static const unsigned char file265[] = {
#embed "../../Samples/dossiers/notice/bad/no-text.xml" suffix(, )
0};
static const unsigned char file266[] = {
#embed "../../Samples/dossiers/notice/expected.tsv" suffix(, )
0};
static const unsigned char file267[] = {
#embed "../../Samples/dossiers/notice/good/moved.xml" suffix(, )
0};
static const unsigned char file268[] = {
#embed "../../Samples/dossiers/referral/bad/born-tomorrow.xml" suffix(, )
0};
static const unsigned char file269[] = {
#embed "../../Samples/dossiers/referral/bad/cut-off.xml" suffix(, )
0};
static const unsigned char file270[] = {
#embed "../../Samples/dossiers/referral/bad/doctype.xml" suffix(, )
0};
static const unsigned char file271[] = {
#embed "../../Samples/dossiers/referral/bad/many-errors.xml" suffix(, )
0};
static const unsigned char file272[] = {
#embed "../../Samples/dossiers/referral/bad/older-version.xml" suffix(, )
0};
static const unsigned char file273[] = {
#embed "../../Samples/dossiers/referral/bad/real-in-test-office.xml" suffix(, )
0};
static const unsigned char file274[] = {
#embed "../../Samples/dossiers/referral/bad/same-id-twice.xml" suffix(, )
0};
static const unsigned char file275[] = {
#embed "../../Samples/dossiers/referral/bad/two-main-diagnoses.xml" suffix(, )
0};
static const unsigned char file276[] = {
#embed "../../Samples/dossiers/referral/bad/unknown-element.xml" suffix(, )
0};
static const unsigned char file277[] = {
#embed "../../Samples/dossiers/referral/bad/without-identity.xml" suffix(, )
0};
static const unsigned char file278[] = {
#embed "../../Samples/dossiers/referral/bad/wrong-digest.xml" suffix(, )
0};
static const unsigned char file279[] = {
#embed "../../Samples/dossiers/referral/bad/wrong-fin.xml" suffix(, )
0};
static const unsigned char file280[] = {
#embed "../../Samples/dossiers/referral/bad/wrong-receiver.xml" suffix(, )
0};
static const unsigned char file281[] = {
#embed "../../Samples/dossiers/referral/expected.tsv" suffix(, )
0};
static const unsigned char file282[] = {
#embed "../../Samples/dossiers/referral/good/abdullayev-work-injury.xml" suffix(, )
0};
static const unsigned char file283[] = {
#embed "../../Samples/dossiers/referral/good/ahmadova-child.xml" suffix(, )
0};
static const unsigned char file284[] = {
#embed "../../Samples/dossiers/referral/good/huseynov-veteran.xml" suffix(, )
0};
static const unsigned char file285[] = {
#embed "../../Samples/dossiers/referral/good/ibrahimova-repeat.xml" suffix(, )
0};
static const unsigned char file286[] = {
#embed "../../Samples/dossiers/referral/good/karimov-band-edge.xml" suffix(, )
0};
static const unsigned char file287[] = {
#embed "../../Samples/dossiers/referral/good/malikov-incapable.xml" suffix(, )
0};
static const unsigned char file288[] = {
#embed "../../Samples/dossiers/referral/good/nasirov-home-visit.xml" suffix(, )
0};
static const unsigned char file289[] = {
#embed "../../Samples/dossiers/referral/good/petrova-foreigner.xml" suffix(, )
0};
static const unsigned char file290[] = {
#embed "../../Samples/dossiers/referral/good/quliyev-coxarthrosis.xml" suffix(, )
0};
static const unsigned char file291[] = {
#embed "../../Samples/dossiers/referral/good/rahimli-incomplete.xml" suffix(, )
0};
static const unsigned char file292[] = {
#embed "../../Samples/dossiers/referral/good/salimova-inpatient.xml" suffix(, )
0};
static const unsigned char file293[] = {
#embed "../../Samples/dossiers/referral/good/valiyev-groups-az-s3.xml" suffix(, )
0};
static const unsigned char file294[] = {
#embed "../../Samples/dossiers/social-referral/bad/without-form.xml" suffix(, )
0};
static const unsigned char file295[] = {
#embed "../../Samples/dossiers/social-referral/expected.tsv" suffix(, )
0};
static const unsigned char file296[] = {
#embed "../../Samples/dossiers/social-referral/good/home-service.xml" suffix(, )
0};
static const unsigned char file297[] = {
#embed "../../Samples/dossiers/special-conclusion/bad/two-conclusions.xml" suffix(, )
0};
static const unsigned char file298[] = {
#embed "../../Samples/dossiers/special-conclusion/expected.tsv" suffix(, )
0};
static const unsigned char file299[] = {
#embed "../../Samples/dossiers/special-conclusion/good/employment.xml" suffix(, )
0};
static const unsigned char file300[] = {
#embed "../../Samples/dossiers/special-conclusion/good/independent-living.xml" suffix(, )
0};
static const unsigned char file301[] = {
#embed "../../Samples/dossiers/special-conclusion/good/lost-capacity.xml" suffix(, )
0};
static const unsigned char file302[] = {
#embed "../../Samples/partner-kit/README.az.md" suffix(, )
0};
static const unsigned char file303[] = {
#embed "../../Samples/partner-kit/README.en.md" suffix(, )
0};
static const unsigned char file304[] = {
#embed "../../Samples/partner-kit/README.ru.md" suffix(, )
0};
static const unsigned char file305[] = {
#embed "../../Samples/partner-kit/build.py" suffix(, )
0};
static const unsigned char file306[] = {
#embed "../../Samples/partner-kit/seal.xml" suffix(, )
0};
static const unsigned char file307[] = {
#embed "../../Samples/simulation/answers.txt" suffix(, )
0};
static const unsigned char file308[] = {
#embed "../../Samples/simulation/cases.csv" suffix(, )
0};
static const unsigned char file309[] = {
#embed "../../Samples/simulation/chances.csv" suffix(, )
0};
static const unsigned char file310[] = {
#embed "../../Samples/simulation/experts.csv" suffix(, )
0};
static const unsigned char file311[] = {
#embed "../../Samples/simulation/people.csv" suffix(, )
0};
static const unsigned char file312[] = {
#embed "../../Samples/simulation/settings.csv" suffix(, )
0};
static const unsigned char file313[] = {
#embed "../../Samples/simulation/work.csv" suffix(, )
0};
static const unsigned char file314[] = {
#embed "../../Sources/Commission/Messages/AzerbaijaniNumber.swift" suffix(, )
0};
static const unsigned char file315[] = {
#embed "../../Sources/Commission/Messages/Messages.swift" suffix(, )
0};
static const unsigned char file316[] = {
#embed "../../Sources/Commission/Messages/az.json" suffix(, )
0};
static const unsigned char file317[] = {
#embed "../../Sources/Commission/Messages/en.json" suffix(, )
0};
static const unsigned char file318[] = {
#embed "../../Sources/Commission/Messages/ru.json" suffix(, )
0};
static const unsigned char file319[] = {
#embed "../../Sources/Dossier/Schemas/dossier-1.0.xsd" suffix(, )
0};
static const unsigned char file320[] = {
#embed "../../Sources/Dossier/Schemas/keys-1.0.xsd" suffix(, )
0};
static const unsigned char file321[] = {
#embed "../../Sources/Dossier/Schemas/records/case-card.xsd" suffix(, )
0};
static const unsigned char file322[] = {
#embed "../../Sources/Dossier/Schemas/records/delivery-record.xsd" suffix(, )
0};
static const unsigned char file323[] = {
#embed "../../Sources/Dossier/Schemas/records/identification-document.xsd" suffix(, )
0};
static const unsigned char file324[] = {
#embed "../../Sources/Dossier/Schemas/records/register-extract.xsd" suffix(, )
0};
static const unsigned char file325[] = {
#embed "../../Sources/Dossier/Schemas/seal-1.0.xsd" suffix(, )
0};
static const unsigned char file326[] = {
#embed "../../Sources/Store/Migrations/0001-initial.postgresql.sql" suffix(, )
0};
static const unsigned char file327[] = {
#embed "../../Sources/Store/Migrations/0001-initial.sqlite.sql" suffix(, )
0};
static const unsigned char file328[] = {
#embed "../../Sources/Store/Migrations/0002-store-work.sql" suffix(, )
0};
static const unsigned char file329[] = {
#embed "../../Sources/Store/Migrations/0003-tree.postgresql.sql" suffix(, )
0};
static const unsigned char file330[] = {
#embed "../../Sources/Store/Migrations/0003-tree.sqlite.sql" suffix(, )
0};
static const unsigned char file331[] = {
#embed "../../Sources/Store/Migrations/0004-encryption.postgresql.sql" suffix(, )
0};
static const unsigned char file332[] = {
#embed "../../Sources/Store/Migrations/0004-encryption.sqlite.sql" suffix(, )
0};
static const unsigned char file333[] = {
#embed "../../Sources/Store/Migrations/0005-answers.sql" suffix(, )
0};
static const unsigned char file334[] = {
#embed "../../Sources/Store/Migrations/0006-hashes.postgresql.sql" suffix(, )
0};
static const unsigned char file335[] = {
#embed "../../Sources/Store/Migrations/0006-hashes.sqlite.sql" suffix(, )
0};
static const unsigned char file336[] = {
#embed "../../Sources/Store/Migrations/0007-offers.postgresql.sql" suffix(, )
0};
static const unsigned char file337[] = {
#embed "../../Sources/Store/Migrations/0007-offers.sqlite.sql" suffix(, )
0};
static const unsigned char file338[] = {
#embed "../../Sources/Store/Migrations/0008-assigned.sql" suffix(, )
0};
static const unsigned char file339[] = {
#embed "../../Workflows/appeal/admissibility.dmn" suffix(, )
0};
static const unsigned char file340[] = {
#embed "../../Workflows/appeal/appeal.bpmn" suffix(, )
0};
static const unsigned char file341[] = {
#embed "../../Workflows/appeal/court-judgment.bpmn" suffix(, )
0};
static const unsigned char file342[] = {
#embed "../../Workflows/appeal/court.dmn" suffix(, )
0};
static const unsigned char file343[] = {
#embed "../../Workflows/appeal/examination.dmn" suffix(, )
0};
static const unsigned char file344[] = {
#embed "../../Workflows/appeal/outcome.dmn" suffix(, )
0};
static const unsigned char file345[] = {
#embed "../../Workflows/assessment/allowance.dmn" suffix(, )
0};
static const unsigned char file346[] = {
#embed "../../Workflows/assessment/assessment.bpmn" suffix(, )
0};
static const unsigned char file347[] = {
#embed "../../Workflows/assessment/carer-payment.dmn" suffix(, )
0};
static const unsigned char file348[] = {
#embed "../../Workflows/assessment/checks.dmn" suffix(, )
0};
static const unsigned char file349[] = {
#embed "../../Workflows/assessment/conflict-of-interest.dmn" suffix(, )
0};
static const unsigned char file350[] = {
#embed "../../Workflows/assessment/criteria.dmn" suffix(, )
0};
static const unsigned char file351[] = {
#embed "../../Workflows/assessment/degree-az-2022.dmn" suffix(, )
0};
static const unsigned char file352[] = {
#embed "../../Workflows/assessment/degree-az-s3.dmn" suffix(, )
0};
static const unsigned char file353[] = {
#embed "../../Workflows/assessment/entitlements-az-2022.dmn" suffix(, )
0};
static const unsigned char file354[] = {
#embed "../../Workflows/assessment/entitlements-az-s3.dmn" suffix(, )
0};
static const unsigned char file355[] = {
#embed "../../Workflows/assessment/panel.dmn" suffix(, )
0};
static const unsigned char file356[] = {
#embed "../../Workflows/assessment/term.dmn" suffix(, )
0};
static const unsigned char file357[] = {
#embed "../../Workflows/assessment/whodas.dmn" suffix(, )
0};
static const unsigned char file358[] = {
#embed "../../Workflows/calendar/az.csv" suffix(, )
0};
static const unsigned char file359[] = {
#embed "../../Workflows/case/medico-social-examination.bpmn" suffix(, )
0};
static const unsigned char file360[] = {
#embed "../../Workflows/certificate/certificate-duplicate.bpmn" suffix(, )
0};
static const unsigned char file361[] = {
#embed "../../Workflows/certificate/certificate.bpmn" suffix(, )
0};
static const unsigned char file362[] = {
#embed "../../Workflows/certificate/certificate.dmn" suffix(, )
0};
static const unsigned char file363[] = {
#embed "../../Workflows/children-commission/checks.dmn" suffix(, )
0};
static const unsigned char file364[] = {
#embed "../../Workflows/children-commission/child.dmn" suffix(, )
0};
static const unsigned char file365[] = {
#embed "../../Workflows/children-commission/children-commission.bpmn" suffix(, )
0};
static const unsigned char file366[] = {
#embed "../../Workflows/legal-acts.csv" suffix(, )
0};
static const unsigned char file367[] = {
#embed "../../Workflows/re-examination/re-examination.bpmn" suffix(, )
0};
static const unsigned char file368[] = {
#embed "../../Workflows/referral-intake/completeness.dmn" suffix(, )
0};
static const unsigned char file369[] = {
#embed "../../Workflows/referral-intake/ending.dmn" suffix(, )
0};
static const unsigned char file370[] = {
#embed "../../Workflows/referral-intake/exam-mode.dmn" suffix(, )
0};
static const unsigned char file371[] = {
#embed "../../Workflows/referral-intake/referral-intake.bpmn" suffix(, )
0};
static const unsigned char file372[] = {
#embed "../../Workflows/rehabilitation-program/compensation.dmn" suffix(, )
0};
static const unsigned char file373[] = {
#embed "../../Workflows/rehabilitation-program/program.dmn" suffix(, )
0};
static const unsigned char file374[] = {
#embed "../../Workflows/rehabilitation-program/rehabilitation-program.bpmn" suffix(, )
0};
static const unsigned char file375[] = {
#embed "../../Workflows/rehabilitation-program/routing.dmn" suffix(, )
0};
static const unsigned char file376[] = {
#embed "../../Workflows/reports/report-sums.dmn" suffix(, )
0};
static const unsigned char file377[] = {
#embed "../../Workflows/shared/calculators.dmn" suffix(, )
0};
static const unsigned char file378[] = {
#embed "../../Workflows/shared/case-status.dmn" suffix(, )
0};
static const unsigned char file379[] = {
#embed "../../Workflows/shared/competence.dmn" suffix(, )
0};
static const unsigned char file380[] = {
#embed "../../Workflows/shared/deadlines.dmn" suffix(, )
0};
static const unsigned char file381[] = {
#embed "../../Workflows/shared/invitation.bpmn" suffix(, )
0};
static const unsigned char file382[] = {
#embed "../../Workflows/shared/invitation.dmn" suffix(, )
0};
static const unsigned char file383[] = {
#embed "../../Workflows/shared/parameters.dmn" suffix(, )
0};
static const unsigned char file384[] = {
#embed "../../Workflows/shared/sign-document.bpmn" suffix(, )
0};
static const unsigned char file385[] = {
#embed "../../Workflows/social-services/checks.dmn" suffix(, )
0};
static const unsigned char file386[] = {
#embed "../../Workflows/social-services/eligibility.dmn" suffix(, )
0};
static const unsigned char file387[] = {
#embed "../../Workflows/social-services/priority.dmn" suffix(, )
0};
static const unsigned char file388[] = {
#embed "../../Workflows/social-services/social-service.bpmn" suffix(, )
0};
static const unsigned char file389[] = {
#embed "../../Workflows/special-conclusion/checks.dmn" suffix(, )
0};
static const unsigned char file390[] = {
#embed "../../Workflows/special-conclusion/employment.dmn" suffix(, )
0};
static const unsigned char file391[] = {
#embed "../../Workflows/special-conclusion/independent-living.dmn" suffix(, )
0};
static const unsigned char file392[] = {
#embed "../../Workflows/special-conclusion/special-conclusion.bpmn" suffix(, )
0};
static const unsigned char file393[] = {
#embed "../../Workflows/texts.csv" suffix(, )
0};

static const cresources_file files[] = {
    {"Forms/additional-examination.xml", file0, sizeof file0 - 1},
    {"Forms/additional-result.xml", file1, sizeof file1 - 1},
    {"Forms/appeal-admission.xml", file2, sizeof file2 - 1},
    {"Forms/appeal-decision.xml", file3, sizeof file3 - 1},
    {"Forms/appeal-examination.xml", file4, sizeof file4 - 1},
    {"Forms/appeal-finding.xml", file5, sizeof file5 - 1},
    {"Forms/appeal.xml", file6, sizeof file6 - 1},
    {"Forms/attendance.xml", file7, sizeof file7 - 1},
    {"Forms/blocks/address.xml", file8, sizeof file8 - 1},
    {"Forms/blocks/diagnosis.xml", file9, sizeof file9 - 1},
    {"Forms/blocks/evidence.xml", file10, sizeof file10 - 1},
    {"Forms/blocks/id-document.xml", file11, sizeof file11 - 1},
    {"Forms/blocks/impairment.xml", file12, sizeof file12 - 1},
    {"Forms/blocks/institution.xml", file13, sizeof file13 - 1},
    {"Forms/blocks/limitations.xml", file14, sizeof file14 - 1},
    {"Forms/blocks/period.xml", file15, sizeof file15 - 1},
    {"Forms/blocks/person-name.xml", file16, sizeof file16 - 1},
    {"Forms/cancellation.xml", file17, sizeof file17 - 1},
    {"Forms/certificate-check.xml", file18, sizeof file18 - 1},
    {"Forms/certificate-duplicate-request.xml", file19, sizeof file19 - 1},
    {"Forms/certificate.xml", file20, sizeof file20 - 1},
    {"Forms/children-answer.xml", file21, sizeof file21 - 1},
    {"Forms/children-commission-request.xml", file22, sizeof file22 - 1},
    {"Forms/children-consent.xml", file23, sizeof file23 - 1},
    {"Forms/children-consultation.xml", file24, sizeof file24 - 1},
    {"Forms/children-discussion.xml", file25, sizeof file25 - 1},
    {"Forms/children-dispute.xml", file26, sizeof file26 - 1},
    {"Forms/children-finding.xml", file27, sizeof file27 - 1},
    {"Forms/children-invitation.xml", file28, sizeof file28 - 1},
    {"Forms/children-opinion.xml", file29, sizeof file29 - 1},
    {"Forms/compensation.xml", file30, sizeof file30 - 1},
    {"Forms/completeness.xml", file31, sizeof file31 - 1},
    {"Forms/conclusion.xml", file32, sizeof file32 - 1},
    {"Forms/conflict-declaration.xml", file33, sizeof file33 - 1},
    {"Forms/court-check.xml", file34, sizeof file34 - 1},
    {"Forms/court-judgment-request.xml", file35, sizeof file35 - 1},
    {"Forms/death-notice.xml", file36, sizeof file36 - 1},
    {"Forms/employment-conclusion.xml", file37, sizeof file37 - 1},
    {"Forms/execution-report.xml", file38, sizeof file38 - 1},
    {"Forms/finding.xml", file39, sizeof file39 - 1},
    {"Forms/identity.xml", file40, sizeof file40 - 1},
    {"Forms/independent-living.xml", file41, sizeof file41 - 1},
    {"Forms/invitation.xml", file42, sizeof file42 - 1},
    {"Forms/irp-acknowledgement.xml", file43, sizeof file43 - 1},
    {"Forms/lapse.xml", file44, sizeof file44 - 1},
    {"Forms/lists/acknowledgement.csv", file45, sizeof file45 - 1},
    {"Forms/lists/additional-outcome.csv", file46, sizeof file46 - 1},
    {"Forms/lists/admission-outcome.csv", file47, sizeof file47 - 1},
    {"Forms/lists/agreement.csv", file48, sizeof file48 - 1},
    {"Forms/lists/appeal-outcome.csv", file49, sizeof file49 - 1},
    {"Forms/lists/appeal-request.csv", file50, sizeof file50 - 1},
    {"Forms/lists/area.csv", file51, sizeof file51 - 1},
    {"Forms/lists/attendance.csv", file52, sizeof file52 - 1},
    {"Forms/lists/band.csv", file53, sizeof file53 - 1},
    {"Forms/lists/body.csv", file54, sizeof file54 - 1},
    {"Forms/lists/capacity.csv", file55, sizeof file55 - 1},
    {"Forms/lists/cause-evidence.csv", file56, sizeof file56 - 1},
    {"Forms/lists/cause.csv", file57, sizeof file57 - 1},
    {"Forms/lists/certificate-decision.csv", file58, sizeof file58 - 1},
    {"Forms/lists/certificate-reason.csv", file59, sizeof file59 - 1},
    {"Forms/lists/certificate-refusal.csv", file60, sizeof file60 - 1},
    {"Forms/lists/channel.csv", file61, sizeof file61 - 1},
    {"Forms/lists/children-applicant.csv", file62, sizeof file62 - 1},
    {"Forms/lists/children-area.csv", file63, sizeof file63 - 1},
    {"Forms/lists/children-reason.csv", file64, sizeof file64 - 1},
    {"Forms/lists/choice.csv", file65, sizeof file65 - 1},
    {"Forms/lists/circumstance.csv", file66, sizeof file66 - 1},
    {"Forms/lists/citizenship.csv", file67, sizeof file67 - 1},
    {"Forms/lists/commission-type.csv", file68, sizeof file68 - 1},
    {"Forms/lists/considered.csv", file69, sizeof file69 - 1},
    {"Forms/lists/criteria.csv", file70, sizeof file70 - 1},
    {"Forms/lists/cross-check.csv", file71, sizeof file71 - 1},
    {"Forms/lists/degree-0-3.csv", file72, sizeof file72 - 1},
    {"Forms/lists/development.csv", file73, sizeof file73 - 1},
    {"Forms/lists/diagnosis-role.csv", file74, sizeof file74 - 1},
    {"Forms/lists/dispute-outcome.csv", file75, sizeof file75 - 1},
    {"Forms/lists/education-form.csv", file76, sizeof file76 - 1},
    {"Forms/lists/education-place.csv", file77, sizeof file77 - 1},
    {"Forms/lists/education-stage.csv", file78, sizeof file78 - 1},
    {"Forms/lists/effect-summary.csv", file79, sizeof file79 - 1},
    {"Forms/lists/effect.csv", file80, sizeof file80 - 1},
    {"Forms/lists/employer-measure.csv", file81, sizeof file81 - 1},
    {"Forms/lists/employment.csv", file82, sizeof file82 - 1},
    {"Forms/lists/ending.csv", file83, sizeof file83 - 1},
    {"Forms/lists/entitlement.csv", file84, sizeof file84 - 1},
    {"Forms/lists/examination.csv", file85, sizeof file85 - 1},
    {"Forms/lists/fitness.csv", file86, sizeof file86 - 1},
    {"Forms/lists/format.csv", file87, sizeof file87 - 1},
    {"Forms/lists/funding.csv", file88, sizeof file88 - 1},
    {"Forms/lists/ground.csv", file89, sizeof file89 - 1},
    {"Forms/lists/group.csv", file90, sizeof file90 - 1},
    {"Forms/lists/icd10-chapter.csv", file91, sizeof file91 - 1},
    {"Forms/lists/icd10.csv", file92, sizeof file92 - 1},
    {"Forms/lists/icf-qualifier.csv", file93, sizeof file93 - 1},
    {"Forms/lists/id-document.csv", file94, sizeof file94 - 1},
    {"Forms/lists/illness-kind.csv", file95, sizeof file95 - 1},
    {"Forms/lists/implementer.csv", file96, sizeof file96 - 1},
    {"Forms/lists/independence.csv", file97, sizeof file97 - 1},
    {"Forms/lists/institution.csv", file98, sizeof file98 - 1},
    {"Forms/lists/intake-decision.csv", file99, sizeof file99 - 1},
    {"Forms/lists/interpreter.csv", file100, sizeof file100 - 1},
    {"Forms/lists/irp-section.csv", file101, sizeof file101 - 1},
    {"Forms/lists/item-status.csv", file102, sizeof file102 - 1},
    {"Forms/lists/judgment-outcome.csv", file103, sizeof file103 - 1},
    {"Forms/lists/language.csv", file104, sizeof file104 - 1},
    {"Forms/lists/lapse-outcome.csv", file105, sizeof file105 - 1},
    {"Forms/lists/life-activity.csv", file106, sizeof file106 - 1},
    {"Forms/lists/limitation.csv", file107, sizeof file107 - 1},
    {"Forms/lists/member-role.csv", file108, sizeof file108 - 1},
    {"Forms/lists/mode.csv", file109, sizeof file109 - 1},
    {"Forms/lists/not-done-reason.csv", file110, sizeof file110 - 1},
    {"Forms/lists/order.csv", file111, sizeof file111 - 1},
    {"Forms/lists/outcome.csv", file112, sizeof file112 - 1},
    {"Forms/lists/parental-care.csv", file113, sizeof file113 - 1},
    {"Forms/lists/participant-role.csv", file114, sizeof file114 - 1},
    {"Forms/lists/potential.csv", file115, sizeof file115 - 1},
    {"Forms/lists/presence.csv", file116, sizeof file116 - 1},
    {"Forms/lists/priority.csv", file117, sizeof file117 - 1},
    {"Forms/lists/prognosis.csv", file118, sizeof file118 - 1},
    {"Forms/lists/program-review.csv", file119, sizeof file119 - 1},
    {"Forms/lists/provider-answer.csv", file120, sizeof file120 - 1},
    {"Forms/lists/purpose.csv", file121, sizeof file121 - 1},
    {"Forms/lists/question.csv", file122, sizeof file122 - 1},
    {"Forms/lists/refusal-reason.csv", file123, sizeof file123 - 1},
    {"Forms/lists/reject-reason.csv", file124, sizeof file124 - 1},
    {"Forms/lists/relative.csv", file125, sizeof file125 - 1},
    {"Forms/lists/requirement.csv", file126, sizeof file126 - 1},
    {"Forms/lists/review-outcome.csv", file127, sizeof file127 - 1},
    {"Forms/lists/service-form.csv", file128, sizeof file128 - 1},
    {"Forms/lists/service.csv", file129, sizeof file129 - 1},
    {"Forms/lists/severity.csv", file130, sizeof file130 - 1},
    {"Forms/lists/sex.csv", file131, sizeof file131 - 1},
    {"Forms/lists/sign-decision.csv", file132, sizeof file132 - 1},
    {"Forms/lists/social-applicant.csv", file133, sizeof file133 - 1},
    {"Forms/lists/social-provider.csv", file134, sizeof file134 - 1},
    {"Forms/lists/special-applicant.csv", file135, sizeof file135 - 1},
    {"Forms/lists/special-purpose.csv", file136, sizeof file136 - 1},
    {"Forms/lists/speciality.csv", file137, sizeof file137 - 1},
    {"Forms/lists/stay.csv", file138, sizeof file138 - 1},
    {"Forms/lists/term.csv", file139, sizeof file139 - 1},
    {"Forms/lists/territory.csv", file140, sizeof file140 - 1},
    {"Forms/lists/unit.csv", file141, sizeof file141 - 1},
    {"Forms/lists/vote.csv", file142, sizeof file142 - 1},
    {"Forms/lists/whodas-answer.csv", file143, sizeof file143 - 1},
    {"Forms/lists/whodas-respondent.csv", file144, sizeof file144 - 1},
    {"Forms/lists/yes-no.csv", file145, sizeof file145 - 1},
    {"Forms/lost-capacity.xml", file146, sizeof file146 - 1},
    {"Forms/mappings/cda-referral-6.xml", file147, sizeof file147 - 1},
    {"Forms/notice.xml", file148, sizeof file148 - 1},
    {"Forms/papers/appeal-admission.xml", file149, sizeof file149 - 1},
    {"Forms/papers/appeal-decision.xml", file150, sizeof file150 - 1},
    {"Forms/papers/certificate.xml", file151, sizeof file151 - 1},
    {"Forms/papers/children-opinion-institution.xml", file152, sizeof file152 - 1},
    {"Forms/papers/children-opinion.xml", file153, sizeof file153 - 1},
    {"Forms/papers/completeness.xml", file154, sizeof file154 - 1},
    {"Forms/papers/conclusion-institution.xml", file155, sizeof file155 - 1},
    {"Forms/papers/conclusion.xml", file156, sizeof file156 - 1},
    {"Forms/papers/employment-conclusion-employer.xml", file157, sizeof file157 - 1},
    {"Forms/papers/employment-conclusion.xml", file158, sizeof file158 - 1},
    {"Forms/papers/independent-living.xml", file159, sizeof file159 - 1},
    {"Forms/papers/lost-capacity.xml", file160, sizeof file160 - 1},
    {"Forms/papers/program-implementer.xml", file161, sizeof file161 - 1},
    {"Forms/papers/program.xml", file162, sizeof file162 - 1},
    {"Forms/papers/refusal.xml", file163, sizeof file163 - 1},
    {"Forms/papers/rights.xml", file164, sizeof file164 - 1},
    {"Forms/papers/social-referral.xml", file165, sizeof file165 - 1},
    {"Forms/program-extract.xml", file166, sizeof file166 - 1},
    {"Forms/program-review.xml", file167, sizeof file167 - 1},
    {"Forms/program.xml", file168, sizeof file168 - 1},
    {"Forms/protocol.xml", file169, sizeof file169 - 1},
    {"Forms/referral.xml", file170, sizeof file170 - 1},
    {"Forms/refusal.xml", file171, sizeof file171 - 1},
    {"Forms/scoring.xml", file172, sizeof file172 - 1},
    {"Forms/signature.xml", file173, sizeof file173 - 1},
    {"Forms/social-choice.xml", file174, sizeof file174 - 1},
    {"Forms/social-documents.xml", file175, sizeof file175 - 1},
    {"Forms/social-information.xml", file176, sizeof file176 - 1},
    {"Forms/social-need.xml", file177, sizeof file177 - 1},
    {"Forms/social-provider-answer.xml", file178, sizeof file178 - 1},
    {"Forms/social-referral.xml", file179, sizeof file179 - 1},
    {"Forms/social-relatives.xml", file180, sizeof file180 - 1},
    {"Forms/social-review.xml", file181, sizeof file181 - 1},
    {"Forms/social-service-request.xml", file182, sizeof file182 - 1},
    {"Forms/special-check.xml", file183, sizeof file183 - 1},
    {"Forms/special-conclusion-request.xml", file184, sizeof file184 - 1},
    {"Samples/demo/answers/appeal-admission.xml", file185, sizeof file185 - 1},
    {"Samples/demo/answers/appeal-decision.xml", file186, sizeof file186 - 1},
    {"Samples/demo/answers/appeal-examination.xml", file187, sizeof file187 - 1},
    {"Samples/demo/answers/appeal-finding.xml", file188, sizeof file188 - 1},
    {"Samples/demo/answers/appeal.xml", file189, sizeof file189 - 1},
    {"Samples/demo/answers/completeness-return.xml", file190, sizeof file190 - 1},
    {"Samples/demo/answers/completeness.xml", file191, sizeof file191 - 1},
    {"Samples/demo/answers/conclusion.xml", file192, sizeof file192 - 1},
    {"Samples/demo/answers/conflict-declaration-conflict.xml", file193, sizeof file193 - 1},
    {"Samples/demo/answers/conflict-declaration.xml", file194, sizeof file194 - 1},
    {"Samples/demo/answers/finding-e01.xml", file195, sizeof file195 - 1},
    {"Samples/demo/answers/finding-e02.xml", file196, sizeof file196 - 1},
    {"Samples/demo/answers/finding-e03.xml", file197, sizeof file197 - 1},
    {"Samples/demo/answers/finding-e07.xml", file198, sizeof file198 - 1},
    {"Samples/demo/answers/finding-e08.xml", file199, sizeof file199 - 1},
    {"Samples/demo/answers/finding-e09.xml", file200, sizeof file200 - 1},
    {"Samples/demo/answers/identity.xml", file201, sizeof file201 - 1},
    {"Samples/demo/answers/program.xml", file202, sizeof file202 - 1},
    {"Samples/demo/answers/protocol-appeal.xml", file203, sizeof file203 - 1},
    {"Samples/demo/answers/protocol.xml", file204, sizeof file204 - 1},
    {"Samples/demo/answers/referral.xml", file205, sizeof file205 - 1},
    {"Samples/demo/answers/refusal.xml", file206, sizeof file206 - 1},
    {"Samples/demo/answers/scoring-60.xml", file207, sizeof file207 - 1},
    {"Samples/demo/answers/scoring-61.xml", file208, sizeof file208 - 1},
    {"Samples/demo/answers/scoring-appeal.xml", file209, sizeof file209 - 1},
    {"Samples/demo/answers/scoring.xml", file210, sizeof file210 - 1},
    {"Samples/demo/answers/signature-dissent.xml", file211, sizeof file211 - 1},
    {"Samples/demo/answers/signature.xml", file212, sizeof file212 - 1},
    {"Samples/demo/answers/special-conclusion-request.xml", file213, sizeof file213 - 1},
    {"Samples/demo/change/calendar/az.csv", file214, sizeof file214 - 1},
    {"Samples/demo/change/exam-mode.dmn", file215, sizeof file215 - 1},
    {"Samples/demo/change/starts/look-through-1.bpmn", file216, sizeof file216 - 1},
    {"Samples/demo/change/starts/look-through-2.bpmn", file217, sizeof file217 - 1},
    {"Samples/demo/office/commissions.csv", file218, sizeof file218 - 1},
    {"Samples/demo/office/experts.csv", file219, sizeof file219 - 1},
    {"Samples/demo/office/implementers.csv", file220, sizeof file220 - 1},
    {"Samples/demo/office/institutions.csv", file221, sizeof file221 - 1},
    {"Samples/demo/office/users.csv", file222, sizeof file222 - 1},
    {"Samples/demo/story.txt", file223, sizeof file223 - 1},
    {"Samples/dossiers/appeal/expected.tsv", file224, sizeof file224 - 1},
    {"Samples/dossiers/appeal/good/quliyev-percent.xml", file225, sizeof file225 - 1},
    {"Samples/dossiers/appeal/good/quliyev-through-clinic.xml", file226, sizeof file226 - 1},
    {"Samples/dossiers/application/bad/nothing-asked.xml", file227, sizeof file227 - 1},
    {"Samples/dossiers/application/bad/two-at-once.xml", file228, sizeof file228 - 1},
    {"Samples/dossiers/application/expected.tsv", file229, sizeof file229 - 1},
    {"Samples/dossiers/application/good/quliyev-lost-capacity.xml", file230, sizeof file230 - 1},
    {"Samples/dossiers/application/good/quliyev-lost-certificate.xml", file231, sizeof file231 - 1},
    {"Samples/dossiers/cancellation/bad/no-reason.xml", file232, sizeof file232 - 1},
    {"Samples/dossiers/cancellation/expected.tsv", file233, sizeof file233 - 1},
    {"Samples/dossiers/cancellation/good/moved.xml", file234, sizeof file234 - 1},
    {"Samples/dossiers/children-opinion/bad/other-form.xml", file235, sizeof file235 - 1},
    {"Samples/dossiers/children-opinion/expected.tsv", file236, sizeof file236 - 1},
    {"Samples/dossiers/children-opinion/good/opinion.xml", file237, sizeof file237 - 1},
    {"Samples/dossiers/correction/bad/first-revision.xml", file238, sizeof file238 - 1},
    {"Samples/dossiers/correction/expected.tsv", file239, sizeof file239 - 1},
    {"Samples/dossiers/correction/good/moved-later.xml", file240, sizeof file240 - 1},
    {"Samples/dossiers/court-act/bad/judged-tomorrow.xml", file241, sizeof file241 - 1},
    {"Samples/dossiers/court-act/bad/without-identity.xml", file242, sizeof file242 - 1},
    {"Samples/dossiers/court-act/expected.tsv", file243, sizeof file243 - 1},
    {"Samples/dossiers/court-act/good/quliyev-remitted.xml", file244, sizeof file244 - 1},
    {"Samples/dossiers/death-notice/bad/before-the-death.xml", file245, sizeof file245 - 1},
    {"Samples/dossiers/death-notice/expected.tsv", file246, sizeof file246 - 1},
    {"Samples/dossiers/death-notice/good/quliyev.xml", file247, sizeof file247 - 1},
    {"Samples/dossiers/information-request/bad/without-form.xml", file248, sizeof file248 - 1},
    {"Samples/dossiers/information-request/expected.tsv", file249, sizeof file249 - 1},
    {"Samples/dossiers/information-request/good/documents.xml", file250, sizeof file250 - 1},
    {"Samples/dossiers/information/bad/other-form.xml", file251, sizeof file251 - 1},
    {"Samples/dossiers/information/bad/without-case.xml", file252, sizeof file252 - 1},
    {"Samples/dossiers/information/expected.tsv", file253, sizeof file253 - 1},
    {"Samples/dossiers/information/good/quliyev-mri.xml", file254, sizeof file254 - 1},
    {"Samples/dossiers/irp-acceptance/expected.tsv", file255, sizeof file255 - 1},
    {"Samples/dossiers/irp-acceptance/good/quliyev-course.xml", file256, sizeof file256 - 1},
    {"Samples/dossiers/irp-compensation/bad/without-form.xml", file257, sizeof file257 - 1},
    {"Samples/dossiers/irp-compensation/expected.tsv", file258, sizeof file258 - 1},
    {"Samples/dossiers/irp-compensation/good/prosthesis.xml", file259, sizeof file259 - 1},
    {"Samples/dossiers/irp-report/expected.tsv", file260, sizeof file260 - 1},
    {"Samples/dossiers/irp-report/good/quliyev-course.xml", file261, sizeof file261 - 1},
    {"Samples/dossiers/irp/bad/without-measures.xml", file262, sizeof file262 - 1},
    {"Samples/dossiers/irp/expected.tsv", file263, sizeof file263 - 1},
    {"Samples/dossiers/irp/good/own-measures.xml", file264, sizeof file264 - 1},
    {"Samples/dossiers/notice/bad/no-text.xml", file265, sizeof file265 - 1},
    {"Samples/dossiers/notice/expected.tsv", file266, sizeof file266 - 1},
    {"Samples/dossiers/notice/good/moved.xml", file267, sizeof file267 - 1},
    {"Samples/dossiers/referral/bad/born-tomorrow.xml", file268, sizeof file268 - 1},
    {"Samples/dossiers/referral/bad/cut-off.xml", file269, sizeof file269 - 1},
    {"Samples/dossiers/referral/bad/doctype.xml", file270, sizeof file270 - 1},
    {"Samples/dossiers/referral/bad/many-errors.xml", file271, sizeof file271 - 1},
    {"Samples/dossiers/referral/bad/older-version.xml", file272, sizeof file272 - 1},
    {"Samples/dossiers/referral/bad/real-in-test-office.xml", file273, sizeof file273 - 1},
    {"Samples/dossiers/referral/bad/same-id-twice.xml", file274, sizeof file274 - 1},
    {"Samples/dossiers/referral/bad/two-main-diagnoses.xml", file275, sizeof file275 - 1},
    {"Samples/dossiers/referral/bad/unknown-element.xml", file276, sizeof file276 - 1},
    {"Samples/dossiers/referral/bad/without-identity.xml", file277, sizeof file277 - 1},
    {"Samples/dossiers/referral/bad/wrong-digest.xml", file278, sizeof file278 - 1},
    {"Samples/dossiers/referral/bad/wrong-fin.xml", file279, sizeof file279 - 1},
    {"Samples/dossiers/referral/bad/wrong-receiver.xml", file280, sizeof file280 - 1},
    {"Samples/dossiers/referral/expected.tsv", file281, sizeof file281 - 1},
    {"Samples/dossiers/referral/good/abdullayev-work-injury.xml", file282, sizeof file282 - 1},
    {"Samples/dossiers/referral/good/ahmadova-child.xml", file283, sizeof file283 - 1},
    {"Samples/dossiers/referral/good/huseynov-veteran.xml", file284, sizeof file284 - 1},
    {"Samples/dossiers/referral/good/ibrahimova-repeat.xml", file285, sizeof file285 - 1},
    {"Samples/dossiers/referral/good/karimov-band-edge.xml", file286, sizeof file286 - 1},
    {"Samples/dossiers/referral/good/malikov-incapable.xml", file287, sizeof file287 - 1},
    {"Samples/dossiers/referral/good/nasirov-home-visit.xml", file288, sizeof file288 - 1},
    {"Samples/dossiers/referral/good/petrova-foreigner.xml", file289, sizeof file289 - 1},
    {"Samples/dossiers/referral/good/quliyev-coxarthrosis.xml", file290, sizeof file290 - 1},
    {"Samples/dossiers/referral/good/rahimli-incomplete.xml", file291, sizeof file291 - 1},
    {"Samples/dossiers/referral/good/salimova-inpatient.xml", file292, sizeof file292 - 1},
    {"Samples/dossiers/referral/good/valiyev-groups-az-s3.xml", file293, sizeof file293 - 1},
    {"Samples/dossiers/social-referral/bad/without-form.xml", file294, sizeof file294 - 1},
    {"Samples/dossiers/social-referral/expected.tsv", file295, sizeof file295 - 1},
    {"Samples/dossiers/social-referral/good/home-service.xml", file296, sizeof file296 - 1},
    {"Samples/dossiers/special-conclusion/bad/two-conclusions.xml", file297, sizeof file297 - 1},
    {"Samples/dossiers/special-conclusion/expected.tsv", file298, sizeof file298 - 1},
    {"Samples/dossiers/special-conclusion/good/employment.xml", file299, sizeof file299 - 1},
    {"Samples/dossiers/special-conclusion/good/independent-living.xml", file300, sizeof file300 - 1},
    {"Samples/dossiers/special-conclusion/good/lost-capacity.xml", file301, sizeof file301 - 1},
    {"Samples/partner-kit/README.az.md", file302, sizeof file302 - 1},
    {"Samples/partner-kit/README.en.md", file303, sizeof file303 - 1},
    {"Samples/partner-kit/README.ru.md", file304, sizeof file304 - 1},
    {"Samples/partner-kit/build.py", file305, sizeof file305 - 1},
    {"Samples/partner-kit/seal.xml", file306, sizeof file306 - 1},
    {"Samples/simulation/answers.txt", file307, sizeof file307 - 1},
    {"Samples/simulation/cases.csv", file308, sizeof file308 - 1},
    {"Samples/simulation/chances.csv", file309, sizeof file309 - 1},
    {"Samples/simulation/experts.csv", file310, sizeof file310 - 1},
    {"Samples/simulation/people.csv", file311, sizeof file311 - 1},
    {"Samples/simulation/settings.csv", file312, sizeof file312 - 1},
    {"Samples/simulation/work.csv", file313, sizeof file313 - 1},
    {"Messages/AzerbaijaniNumber.swift", file314, sizeof file314 - 1},
    {"Messages/Messages.swift", file315, sizeof file315 - 1},
    {"Messages/az.json", file316, sizeof file316 - 1},
    {"Messages/en.json", file317, sizeof file317 - 1},
    {"Messages/ru.json", file318, sizeof file318 - 1},
    {"Schemas/dossier-1.0.xsd", file319, sizeof file319 - 1},
    {"Schemas/keys-1.0.xsd", file320, sizeof file320 - 1},
    {"Schemas/records/case-card.xsd", file321, sizeof file321 - 1},
    {"Schemas/records/delivery-record.xsd", file322, sizeof file322 - 1},
    {"Schemas/records/identification-document.xsd", file323, sizeof file323 - 1},
    {"Schemas/records/register-extract.xsd", file324, sizeof file324 - 1},
    {"Schemas/seal-1.0.xsd", file325, sizeof file325 - 1},
    {"Migrations/0001-initial.postgresql.sql", file326, sizeof file326 - 1},
    {"Migrations/0001-initial.sqlite.sql", file327, sizeof file327 - 1},
    {"Migrations/0002-store-work.sql", file328, sizeof file328 - 1},
    {"Migrations/0003-tree.postgresql.sql", file329, sizeof file329 - 1},
    {"Migrations/0003-tree.sqlite.sql", file330, sizeof file330 - 1},
    {"Migrations/0004-encryption.postgresql.sql", file331, sizeof file331 - 1},
    {"Migrations/0004-encryption.sqlite.sql", file332, sizeof file332 - 1},
    {"Migrations/0005-answers.sql", file333, sizeof file333 - 1},
    {"Migrations/0006-hashes.postgresql.sql", file334, sizeof file334 - 1},
    {"Migrations/0006-hashes.sqlite.sql", file335, sizeof file335 - 1},
    {"Migrations/0007-offers.postgresql.sql", file336, sizeof file336 - 1},
    {"Migrations/0007-offers.sqlite.sql", file337, sizeof file337 - 1},
    {"Migrations/0008-assigned.sql", file338, sizeof file338 - 1},
    {"Workflows/appeal/admissibility.dmn", file339, sizeof file339 - 1},
    {"Workflows/appeal/appeal.bpmn", file340, sizeof file340 - 1},
    {"Workflows/appeal/court-judgment.bpmn", file341, sizeof file341 - 1},
    {"Workflows/appeal/court.dmn", file342, sizeof file342 - 1},
    {"Workflows/appeal/examination.dmn", file343, sizeof file343 - 1},
    {"Workflows/appeal/outcome.dmn", file344, sizeof file344 - 1},
    {"Workflows/assessment/allowance.dmn", file345, sizeof file345 - 1},
    {"Workflows/assessment/assessment.bpmn", file346, sizeof file346 - 1},
    {"Workflows/assessment/carer-payment.dmn", file347, sizeof file347 - 1},
    {"Workflows/assessment/checks.dmn", file348, sizeof file348 - 1},
    {"Workflows/assessment/conflict-of-interest.dmn", file349, sizeof file349 - 1},
    {"Workflows/assessment/criteria.dmn", file350, sizeof file350 - 1},
    {"Workflows/assessment/degree-az-2022.dmn", file351, sizeof file351 - 1},
    {"Workflows/assessment/degree-az-s3.dmn", file352, sizeof file352 - 1},
    {"Workflows/assessment/entitlements-az-2022.dmn", file353, sizeof file353 - 1},
    {"Workflows/assessment/entitlements-az-s3.dmn", file354, sizeof file354 - 1},
    {"Workflows/assessment/panel.dmn", file355, sizeof file355 - 1},
    {"Workflows/assessment/term.dmn", file356, sizeof file356 - 1},
    {"Workflows/assessment/whodas.dmn", file357, sizeof file357 - 1},
    {"Workflows/calendar/az.csv", file358, sizeof file358 - 1},
    {"Workflows/case/medico-social-examination.bpmn", file359, sizeof file359 - 1},
    {"Workflows/certificate/certificate-duplicate.bpmn", file360, sizeof file360 - 1},
    {"Workflows/certificate/certificate.bpmn", file361, sizeof file361 - 1},
    {"Workflows/certificate/certificate.dmn", file362, sizeof file362 - 1},
    {"Workflows/children-commission/checks.dmn", file363, sizeof file363 - 1},
    {"Workflows/children-commission/child.dmn", file364, sizeof file364 - 1},
    {"Workflows/children-commission/children-commission.bpmn", file365, sizeof file365 - 1},
    {"Workflows/legal-acts.csv", file366, sizeof file366 - 1},
    {"Workflows/re-examination/re-examination.bpmn", file367, sizeof file367 - 1},
    {"Workflows/referral-intake/completeness.dmn", file368, sizeof file368 - 1},
    {"Workflows/referral-intake/ending.dmn", file369, sizeof file369 - 1},
    {"Workflows/referral-intake/exam-mode.dmn", file370, sizeof file370 - 1},
    {"Workflows/referral-intake/referral-intake.bpmn", file371, sizeof file371 - 1},
    {"Workflows/rehabilitation-program/compensation.dmn", file372, sizeof file372 - 1},
    {"Workflows/rehabilitation-program/program.dmn", file373, sizeof file373 - 1},
    {"Workflows/rehabilitation-program/rehabilitation-program.bpmn", file374, sizeof file374 - 1},
    {"Workflows/rehabilitation-program/routing.dmn", file375, sizeof file375 - 1},
    {"Workflows/reports/report-sums.dmn", file376, sizeof file376 - 1},
    {"Workflows/shared/calculators.dmn", file377, sizeof file377 - 1},
    {"Workflows/shared/case-status.dmn", file378, sizeof file378 - 1},
    {"Workflows/shared/competence.dmn", file379, sizeof file379 - 1},
    {"Workflows/shared/deadlines.dmn", file380, sizeof file380 - 1},
    {"Workflows/shared/invitation.bpmn", file381, sizeof file381 - 1},
    {"Workflows/shared/invitation.dmn", file382, sizeof file382 - 1},
    {"Workflows/shared/parameters.dmn", file383, sizeof file383 - 1},
    {"Workflows/shared/sign-document.bpmn", file384, sizeof file384 - 1},
    {"Workflows/social-services/checks.dmn", file385, sizeof file385 - 1},
    {"Workflows/social-services/eligibility.dmn", file386, sizeof file386 - 1},
    {"Workflows/social-services/priority.dmn", file387, sizeof file387 - 1},
    {"Workflows/social-services/social-service.bpmn", file388, sizeof file388 - 1},
    {"Workflows/special-conclusion/checks.dmn", file389, sizeof file389 - 1},
    {"Workflows/special-conclusion/employment.dmn", file390, sizeof file390 - 1},
    {"Workflows/special-conclusion/independent-living.dmn", file391, sizeof file391 - 1},
    {"Workflows/special-conclusion/special-conclusion.bpmn", file392, sizeof file392 - 1},
    {"Workflows/texts.csv", file393, sizeof file393 - 1},
};

size_t cresources_count(void) { return sizeof files / sizeof files[0]; }

cresources_file cresources_at(size_t index) { return files[index]; }
