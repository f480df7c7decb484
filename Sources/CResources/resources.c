/* Written by Tests/Scripts/embed.sh; `make resources` writes it again. */
#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "../../Forms/appeal-admission.xml" suffix(, )
0};
static const unsigned char file1[] = {
#embed "../../Forms/appeal-decision.xml" suffix(, )
0};
static const unsigned char file2[] = {
#embed "../../Forms/appeal-finding.xml" suffix(, )
0};
static const unsigned char file3[] = {
#embed "../../Forms/appeal.xml" suffix(, )
0};
static const unsigned char file4[] = {
#embed "../../Forms/blocks/address.xml" suffix(, )
0};
static const unsigned char file5[] = {
#embed "../../Forms/blocks/diagnosis.xml" suffix(, )
0};
static const unsigned char file6[] = {
#embed "../../Forms/blocks/evidence.xml" suffix(, )
0};
static const unsigned char file7[] = {
#embed "../../Forms/blocks/id-document.xml" suffix(, )
0};
static const unsigned char file8[] = {
#embed "../../Forms/blocks/impairment.xml" suffix(, )
0};
static const unsigned char file9[] = {
#embed "../../Forms/blocks/institution.xml" suffix(, )
0};
static const unsigned char file10[] = {
#embed "../../Forms/blocks/limitations.xml" suffix(, )
0};
static const unsigned char file11[] = {
#embed "../../Forms/blocks/period.xml" suffix(, )
0};
static const unsigned char file12[] = {
#embed "../../Forms/blocks/person-name.xml" suffix(, )
0};
static const unsigned char file13[] = {
#embed "../../Forms/completeness.xml" suffix(, )
0};
static const unsigned char file14[] = {
#embed "../../Forms/conclusion.xml" suffix(, )
0};
static const unsigned char file15[] = {
#embed "../../Forms/conflict-declaration.xml" suffix(, )
0};
static const unsigned char file16[] = {
#embed "../../Forms/finding.xml" suffix(, )
0};
static const unsigned char file17[] = {
#embed "../../Forms/identity.xml" suffix(, )
0};
static const unsigned char file18[] = {
#embed "../../Forms/lists/admission-outcome.csv" suffix(, )
0};
static const unsigned char file19[] = {
#embed "../../Forms/lists/appeal-outcome.csv" suffix(, )
0};
static const unsigned char file20[] = {
#embed "../../Forms/lists/appeal-request.csv" suffix(, )
0};
static const unsigned char file21[] = {
#embed "../../Forms/lists/area.csv" suffix(, )
0};
static const unsigned char file22[] = {
#embed "../../Forms/lists/band.csv" suffix(, )
0};
static const unsigned char file23[] = {
#embed "../../Forms/lists/capacity.csv" suffix(, )
0};
static const unsigned char file24[] = {
#embed "../../Forms/lists/cause-evidence.csv" suffix(, )
0};
static const unsigned char file25[] = {
#embed "../../Forms/lists/cause.csv" suffix(, )
0};
static const unsigned char file26[] = {
#embed "../../Forms/lists/channel.csv" suffix(, )
0};
static const unsigned char file27[] = {
#embed "../../Forms/lists/choice.csv" suffix(, )
0};
static const unsigned char file28[] = {
#embed "../../Forms/lists/citizenship.csv" suffix(, )
0};
static const unsigned char file29[] = {
#embed "../../Forms/lists/commission-type.csv" suffix(, )
0};
static const unsigned char file30[] = {
#embed "../../Forms/lists/considered.csv" suffix(, )
0};
static const unsigned char file31[] = {
#embed "../../Forms/lists/criteria.csv" suffix(, )
0};
static const unsigned char file32[] = {
#embed "../../Forms/lists/cross-check.csv" suffix(, )
0};
static const unsigned char file33[] = {
#embed "../../Forms/lists/diagnosis-role.csv" suffix(, )
0};
static const unsigned char file34[] = {
#embed "../../Forms/lists/education-form.csv" suffix(, )
0};
static const unsigned char file35[] = {
#embed "../../Forms/lists/effect.csv" suffix(, )
0};
static const unsigned char file36[] = {
#embed "../../Forms/lists/employment.csv" suffix(, )
0};
static const unsigned char file37[] = {
#embed "../../Forms/lists/ending.csv" suffix(, )
0};
static const unsigned char file38[] = {
#embed "../../Forms/lists/entitlement.csv" suffix(, )
0};
static const unsigned char file39[] = {
#embed "../../Forms/lists/examination.csv" suffix(, )
0};
static const unsigned char file40[] = {
#embed "../../Forms/lists/format.csv" suffix(, )
0};
static const unsigned char file41[] = {
#embed "../../Forms/lists/funding.csv" suffix(, )
0};
static const unsigned char file42[] = {
#embed "../../Forms/lists/ground.csv" suffix(, )
0};
static const unsigned char file43[] = {
#embed "../../Forms/lists/group.csv" suffix(, )
0};
static const unsigned char file44[] = {
#embed "../../Forms/lists/icd10.csv" suffix(, )
0};
static const unsigned char file45[] = {
#embed "../../Forms/lists/icf-qualifier.csv" suffix(, )
0};
static const unsigned char file46[] = {
#embed "../../Forms/lists/id-document.csv" suffix(, )
0};
static const unsigned char file47[] = {
#embed "../../Forms/lists/implementer.csv" suffix(, )
0};
static const unsigned char file48[] = {
#embed "../../Forms/lists/institution.csv" suffix(, )
0};
static const unsigned char file49[] = {
#embed "../../Forms/lists/intake-decision.csv" suffix(, )
0};
static const unsigned char file50[] = {
#embed "../../Forms/lists/irp-section.csv" suffix(, )
0};
static const unsigned char file51[] = {
#embed "../../Forms/lists/item-status.csv" suffix(, )
0};
static const unsigned char file52[] = {
#embed "../../Forms/lists/language.csv" suffix(, )
0};
static const unsigned char file53[] = {
#embed "../../Forms/lists/life-activity.csv" suffix(, )
0};
static const unsigned char file54[] = {
#embed "../../Forms/lists/limitation.csv" suffix(, )
0};
static const unsigned char file55[] = {
#embed "../../Forms/lists/member-role.csv" suffix(, )
0};
static const unsigned char file56[] = {
#embed "../../Forms/lists/mode.csv" suffix(, )
0};
static const unsigned char file57[] = {
#embed "../../Forms/lists/order.csv" suffix(, )
0};
static const unsigned char file58[] = {
#embed "../../Forms/lists/outcome.csv" suffix(, )
0};
static const unsigned char file59[] = {
#embed "../../Forms/lists/participant-role.csv" suffix(, )
0};
static const unsigned char file60[] = {
#embed "../../Forms/lists/potential.csv" suffix(, )
0};
static const unsigned char file61[] = {
#embed "../../Forms/lists/presence.csv" suffix(, )
0};
static const unsigned char file62[] = {
#embed "../../Forms/lists/prognosis.csv" suffix(, )
0};
static const unsigned char file63[] = {
#embed "../../Forms/lists/purpose.csv" suffix(, )
0};
static const unsigned char file64[] = {
#embed "../../Forms/lists/question.csv" suffix(, )
0};
static const unsigned char file65[] = {
#embed "../../Forms/lists/refusal-reason.csv" suffix(, )
0};
static const unsigned char file66[] = {
#embed "../../Forms/lists/requirement.csv" suffix(, )
0};
static const unsigned char file67[] = {
#embed "../../Forms/lists/service.csv" suffix(, )
0};
static const unsigned char file68[] = {
#embed "../../Forms/lists/severity.csv" suffix(, )
0};
static const unsigned char file69[] = {
#embed "../../Forms/lists/sex.csv" suffix(, )
0};
static const unsigned char file70[] = {
#embed "../../Forms/lists/sign-decision.csv" suffix(, )
0};
static const unsigned char file71[] = {
#embed "../../Forms/lists/speciality.csv" suffix(, )
0};
static const unsigned char file72[] = {
#embed "../../Forms/lists/stay.csv" suffix(, )
0};
static const unsigned char file73[] = {
#embed "../../Forms/lists/term.csv" suffix(, )
0};
static const unsigned char file74[] = {
#embed "../../Forms/lists/territory.csv" suffix(, )
0};
static const unsigned char file75[] = {
#embed "../../Forms/lists/unit.csv" suffix(, )
0};
static const unsigned char file76[] = {
#embed "../../Forms/lists/vote.csv" suffix(, )
0};
static const unsigned char file77[] = {
#embed "../../Forms/lists/yes-no.csv" suffix(, )
0};
static const unsigned char file78[] = {
#embed "../../Forms/program.xml" suffix(, )
0};
static const unsigned char file79[] = {
#embed "../../Forms/protocol.xml" suffix(, )
0};
static const unsigned char file80[] = {
#embed "../../Forms/referral.xml" suffix(, )
0};
static const unsigned char file81[] = {
#embed "../../Forms/refusal.xml" suffix(, )
0};
static const unsigned char file82[] = {
#embed "../../Forms/scoring.xml" suffix(, )
0};
static const unsigned char file83[] = {
#embed "../../Forms/signature.xml" suffix(, )
0};
static const unsigned char file84[] = {
#embed "../../Samples/demo/answers/appeal-admission.xml" suffix(, )
0};
static const unsigned char file85[] = {
#embed "../../Samples/demo/answers/appeal-decision.xml" suffix(, )
0};
static const unsigned char file86[] = {
#embed "../../Samples/demo/answers/appeal-finding.xml" suffix(, )
0};
static const unsigned char file87[] = {
#embed "../../Samples/demo/answers/appeal.xml" suffix(, )
0};
static const unsigned char file88[] = {
#embed "../../Samples/demo/answers/completeness-return.xml" suffix(, )
0};
static const unsigned char file89[] = {
#embed "../../Samples/demo/answers/completeness.xml" suffix(, )
0};
static const unsigned char file90[] = {
#embed "../../Samples/demo/answers/conclusion.xml" suffix(, )
0};
static const unsigned char file91[] = {
#embed "../../Samples/demo/answers/conflict-declaration-conflict.xml" suffix(, )
0};
static const unsigned char file92[] = {
#embed "../../Samples/demo/answers/conflict-declaration.xml" suffix(, )
0};
static const unsigned char file93[] = {
#embed "../../Samples/demo/answers/finding-e01.xml" suffix(, )
0};
static const unsigned char file94[] = {
#embed "../../Samples/demo/answers/finding-e02.xml" suffix(, )
0};
static const unsigned char file95[] = {
#embed "../../Samples/demo/answers/finding-e03.xml" suffix(, )
0};
static const unsigned char file96[] = {
#embed "../../Samples/demo/answers/finding-e07.xml" suffix(, )
0};
static const unsigned char file97[] = {
#embed "../../Samples/demo/answers/finding-e08.xml" suffix(, )
0};
static const unsigned char file98[] = {
#embed "../../Samples/demo/answers/finding-e09.xml" suffix(, )
0};
static const unsigned char file99[] = {
#embed "../../Samples/demo/answers/identity.xml" suffix(, )
0};
static const unsigned char file100[] = {
#embed "../../Samples/demo/answers/program.xml" suffix(, )
0};
static const unsigned char file101[] = {
#embed "../../Samples/demo/answers/protocol-appeal.xml" suffix(, )
0};
static const unsigned char file102[] = {
#embed "../../Samples/demo/answers/protocol.xml" suffix(, )
0};
static const unsigned char file103[] = {
#embed "../../Samples/demo/answers/referral.xml" suffix(, )
0};
static const unsigned char file104[] = {
#embed "../../Samples/demo/answers/refusal.xml" suffix(, )
0};
static const unsigned char file105[] = {
#embed "../../Samples/demo/answers/scoring-60.xml" suffix(, )
0};
static const unsigned char file106[] = {
#embed "../../Samples/demo/answers/scoring-61.xml" suffix(, )
0};
static const unsigned char file107[] = {
#embed "../../Samples/demo/answers/scoring-appeal.xml" suffix(, )
0};
static const unsigned char file108[] = {
#embed "../../Samples/demo/answers/scoring.xml" suffix(, )
0};
static const unsigned char file109[] = {
#embed "../../Samples/demo/answers/signature-dissent.xml" suffix(, )
0};
static const unsigned char file110[] = {
#embed "../../Samples/demo/answers/signature.xml" suffix(, )
0};
static const unsigned char file111[] = {
#embed "../../Samples/demo/office/commissions.csv" suffix(, )
0};
static const unsigned char file112[] = {
#embed "../../Samples/demo/office/experts.csv" suffix(, )
0};
static const unsigned char file113[] = {
#embed "../../Samples/demo/office/implementers.csv" suffix(, )
0};
static const unsigned char file114[] = {
#embed "../../Samples/demo/office/institutions.csv" suffix(, )
0};
static const unsigned char file115[] = {
#embed "../../Samples/demo/office/users.csv" suffix(, )
0};
static const unsigned char file116[] = {
#embed "../../Samples/demo/story.txt" suffix(, )
0};
static const unsigned char file117[] = {
#embed "../../Samples/dossiers/appeal/good/quliyev-percent.xml" suffix(, )
0};
static const unsigned char file118[] = {
#embed "../../Samples/dossiers/referral/good/abdullayev-work-injury.xml" suffix(, )
0};
static const unsigned char file119[] = {
#embed "../../Samples/dossiers/referral/good/ahmadova-child.xml" suffix(, )
0};
static const unsigned char file120[] = {
#embed "../../Samples/dossiers/referral/good/huseynov-veteran.xml" suffix(, )
0};
static const unsigned char file121[] = {
#embed "../../Samples/dossiers/referral/good/ibrahimova-repeat.xml" suffix(, )
0};
static const unsigned char file122[] = {
#embed "../../Samples/dossiers/referral/good/karimov-band-edge.xml" suffix(, )
0};
static const unsigned char file123[] = {
#embed "../../Samples/dossiers/referral/good/malikov-incapable.xml" suffix(, )
0};
static const unsigned char file124[] = {
#embed "../../Samples/dossiers/referral/good/nasirov-home-visit.xml" suffix(, )
0};
static const unsigned char file125[] = {
#embed "../../Samples/dossiers/referral/good/petrova-foreigner.xml" suffix(, )
0};
static const unsigned char file126[] = {
#embed "../../Samples/dossiers/referral/good/quliyev-coxarthrosis.xml" suffix(, )
0};
static const unsigned char file127[] = {
#embed "../../Samples/dossiers/referral/good/rahimli-incomplete.xml" suffix(, )
0};
static const unsigned char file128[] = {
#embed "../../Samples/dossiers/referral/good/salimova-inpatient.xml" suffix(, )
0};
static const unsigned char file129[] = {
#embed "../../Samples/dossiers/referral/good/valiyev-groups-az-s3.xml" suffix(, )
0};
static const unsigned char file130[] = {
#embed "../../Sources/Commission/Messages/Messages.swift" suffix(, )
0};
static const unsigned char file131[] = {
#embed "../../Sources/Commission/Messages/az.json" suffix(, )
0};
static const unsigned char file132[] = {
#embed "../../Sources/Commission/Messages/en.json" suffix(, )
0};
static const unsigned char file133[] = {
#embed "../../Sources/Commission/Messages/ru.json" suffix(, )
0};
static const unsigned char file134[] = {
#embed "../../Sources/Dossier/Schemas/dossier-1.0.xsd" suffix(, )
0};
static const unsigned char file135[] = {
#embed "../../Sources/Store/Migrations/0001-initial.postgresql.sql" suffix(, )
0};
static const unsigned char file136[] = {
#embed "../../Sources/Store/Migrations/0001-initial.sqlite.sql" suffix(, )
0};
static const unsigned char file137[] = {
#embed "../../Sources/Store/Migrations/0002-store-work.sql" suffix(, )
0};
static const unsigned char file138[] = {
#embed "../../Workflows/appeal/admissibility.dmn" suffix(, )
0};
static const unsigned char file139[] = {
#embed "../../Workflows/appeal/appeal.bpmn" suffix(, )
0};
static const unsigned char file140[] = {
#embed "../../Workflows/appeal/outcome.dmn" suffix(, )
0};
static const unsigned char file141[] = {
#embed "../../Workflows/assessment/assessment.bpmn" suffix(, )
0};
static const unsigned char file142[] = {
#embed "../../Workflows/assessment/carer-payment.dmn" suffix(, )
0};
static const unsigned char file143[] = {
#embed "../../Workflows/assessment/checks.dmn" suffix(, )
0};
static const unsigned char file144[] = {
#embed "../../Workflows/assessment/conflict-of-interest.dmn" suffix(, )
0};
static const unsigned char file145[] = {
#embed "../../Workflows/assessment/criteria.dmn" suffix(, )
0};
static const unsigned char file146[] = {
#embed "../../Workflows/assessment/degree-az-2022.dmn" suffix(, )
0};
static const unsigned char file147[] = {
#embed "../../Workflows/assessment/degree-az-s3.dmn" suffix(, )
0};
static const unsigned char file148[] = {
#embed "../../Workflows/assessment/entitlements-az-2022.dmn" suffix(, )
0};
static const unsigned char file149[] = {
#embed "../../Workflows/assessment/entitlements-az-s3.dmn" suffix(, )
0};
static const unsigned char file150[] = {
#embed "../../Workflows/assessment/panel.dmn" suffix(, )
0};
static const unsigned char file151[] = {
#embed "../../Workflows/assessment/term.dmn" suffix(, )
0};
static const unsigned char file152[] = {
#embed "../../Workflows/calendar/az.csv" suffix(, )
0};
static const unsigned char file153[] = {
#embed "../../Workflows/case/medico-social-examination.bpmn" suffix(, )
0};
static const unsigned char file154[] = {
#embed "../../Workflows/legal-acts.csv" suffix(, )
0};
static const unsigned char file155[] = {
#embed "../../Workflows/referral-intake/completeness.dmn" suffix(, )
0};
static const unsigned char file156[] = {
#embed "../../Workflows/referral-intake/exam-mode.dmn" suffix(, )
0};
static const unsigned char file157[] = {
#embed "../../Workflows/referral-intake/referral-intake.bpmn" suffix(, )
0};
static const unsigned char file158[] = {
#embed "../../Workflows/rehabilitation-program/program.dmn" suffix(, )
0};
static const unsigned char file159[] = {
#embed "../../Workflows/rehabilitation-program/rehabilitation-program.bpmn" suffix(, )
0};
static const unsigned char file160[] = {
#embed "../../Workflows/shared/case-status.dmn" suffix(, )
0};
static const unsigned char file161[] = {
#embed "../../Workflows/shared/deadlines.dmn" suffix(, )
0};
static const unsigned char file162[] = {
#embed "../../Workflows/shared/sign-document.bpmn" suffix(, )
0};

static const cresources_file files[] = {
    {"Forms/appeal-admission.xml", file0, sizeof file0 - 1},
    {"Forms/appeal-decision.xml", file1, sizeof file1 - 1},
    {"Forms/appeal-finding.xml", file2, sizeof file2 - 1},
    {"Forms/appeal.xml", file3, sizeof file3 - 1},
    {"Forms/blocks/address.xml", file4, sizeof file4 - 1},
    {"Forms/blocks/diagnosis.xml", file5, sizeof file5 - 1},
    {"Forms/blocks/evidence.xml", file6, sizeof file6 - 1},
    {"Forms/blocks/id-document.xml", file7, sizeof file7 - 1},
    {"Forms/blocks/impairment.xml", file8, sizeof file8 - 1},
    {"Forms/blocks/institution.xml", file9, sizeof file9 - 1},
    {"Forms/blocks/limitations.xml", file10, sizeof file10 - 1},
    {"Forms/blocks/period.xml", file11, sizeof file11 - 1},
    {"Forms/blocks/person-name.xml", file12, sizeof file12 - 1},
    {"Forms/completeness.xml", file13, sizeof file13 - 1},
    {"Forms/conclusion.xml", file14, sizeof file14 - 1},
    {"Forms/conflict-declaration.xml", file15, sizeof file15 - 1},
    {"Forms/finding.xml", file16, sizeof file16 - 1},
    {"Forms/identity.xml", file17, sizeof file17 - 1},
    {"Forms/lists/admission-outcome.csv", file18, sizeof file18 - 1},
    {"Forms/lists/appeal-outcome.csv", file19, sizeof file19 - 1},
    {"Forms/lists/appeal-request.csv", file20, sizeof file20 - 1},
    {"Forms/lists/area.csv", file21, sizeof file21 - 1},
    {"Forms/lists/band.csv", file22, sizeof file22 - 1},
    {"Forms/lists/capacity.csv", file23, sizeof file23 - 1},
    {"Forms/lists/cause-evidence.csv", file24, sizeof file24 - 1},
    {"Forms/lists/cause.csv", file25, sizeof file25 - 1},
    {"Forms/lists/channel.csv", file26, sizeof file26 - 1},
    {"Forms/lists/choice.csv", file27, sizeof file27 - 1},
    {"Forms/lists/citizenship.csv", file28, sizeof file28 - 1},
    {"Forms/lists/commission-type.csv", file29, sizeof file29 - 1},
    {"Forms/lists/considered.csv", file30, sizeof file30 - 1},
    {"Forms/lists/criteria.csv", file31, sizeof file31 - 1},
    {"Forms/lists/cross-check.csv", file32, sizeof file32 - 1},
    {"Forms/lists/diagnosis-role.csv", file33, sizeof file33 - 1},
    {"Forms/lists/education-form.csv", file34, sizeof file34 - 1},
    {"Forms/lists/effect.csv", file35, sizeof file35 - 1},
    {"Forms/lists/employment.csv", file36, sizeof file36 - 1},
    {"Forms/lists/ending.csv", file37, sizeof file37 - 1},
    {"Forms/lists/entitlement.csv", file38, sizeof file38 - 1},
    {"Forms/lists/examination.csv", file39, sizeof file39 - 1},
    {"Forms/lists/format.csv", file40, sizeof file40 - 1},
    {"Forms/lists/funding.csv", file41, sizeof file41 - 1},
    {"Forms/lists/ground.csv", file42, sizeof file42 - 1},
    {"Forms/lists/group.csv", file43, sizeof file43 - 1},
    {"Forms/lists/icd10.csv", file44, sizeof file44 - 1},
    {"Forms/lists/icf-qualifier.csv", file45, sizeof file45 - 1},
    {"Forms/lists/id-document.csv", file46, sizeof file46 - 1},
    {"Forms/lists/implementer.csv", file47, sizeof file47 - 1},
    {"Forms/lists/institution.csv", file48, sizeof file48 - 1},
    {"Forms/lists/intake-decision.csv", file49, sizeof file49 - 1},
    {"Forms/lists/irp-section.csv", file50, sizeof file50 - 1},
    {"Forms/lists/item-status.csv", file51, sizeof file51 - 1},
    {"Forms/lists/language.csv", file52, sizeof file52 - 1},
    {"Forms/lists/life-activity.csv", file53, sizeof file53 - 1},
    {"Forms/lists/limitation.csv", file54, sizeof file54 - 1},
    {"Forms/lists/member-role.csv", file55, sizeof file55 - 1},
    {"Forms/lists/mode.csv", file56, sizeof file56 - 1},
    {"Forms/lists/order.csv", file57, sizeof file57 - 1},
    {"Forms/lists/outcome.csv", file58, sizeof file58 - 1},
    {"Forms/lists/participant-role.csv", file59, sizeof file59 - 1},
    {"Forms/lists/potential.csv", file60, sizeof file60 - 1},
    {"Forms/lists/presence.csv", file61, sizeof file61 - 1},
    {"Forms/lists/prognosis.csv", file62, sizeof file62 - 1},
    {"Forms/lists/purpose.csv", file63, sizeof file63 - 1},
    {"Forms/lists/question.csv", file64, sizeof file64 - 1},
    {"Forms/lists/refusal-reason.csv", file65, sizeof file65 - 1},
    {"Forms/lists/requirement.csv", file66, sizeof file66 - 1},
    {"Forms/lists/service.csv", file67, sizeof file67 - 1},
    {"Forms/lists/severity.csv", file68, sizeof file68 - 1},
    {"Forms/lists/sex.csv", file69, sizeof file69 - 1},
    {"Forms/lists/sign-decision.csv", file70, sizeof file70 - 1},
    {"Forms/lists/speciality.csv", file71, sizeof file71 - 1},
    {"Forms/lists/stay.csv", file72, sizeof file72 - 1},
    {"Forms/lists/term.csv", file73, sizeof file73 - 1},
    {"Forms/lists/territory.csv", file74, sizeof file74 - 1},
    {"Forms/lists/unit.csv", file75, sizeof file75 - 1},
    {"Forms/lists/vote.csv", file76, sizeof file76 - 1},
    {"Forms/lists/yes-no.csv", file77, sizeof file77 - 1},
    {"Forms/program.xml", file78, sizeof file78 - 1},
    {"Forms/protocol.xml", file79, sizeof file79 - 1},
    {"Forms/referral.xml", file80, sizeof file80 - 1},
    {"Forms/refusal.xml", file81, sizeof file81 - 1},
    {"Forms/scoring.xml", file82, sizeof file82 - 1},
    {"Forms/signature.xml", file83, sizeof file83 - 1},
    {"Samples/demo/answers/appeal-admission.xml", file84, sizeof file84 - 1},
    {"Samples/demo/answers/appeal-decision.xml", file85, sizeof file85 - 1},
    {"Samples/demo/answers/appeal-finding.xml", file86, sizeof file86 - 1},
    {"Samples/demo/answers/appeal.xml", file87, sizeof file87 - 1},
    {"Samples/demo/answers/completeness-return.xml", file88, sizeof file88 - 1},
    {"Samples/demo/answers/completeness.xml", file89, sizeof file89 - 1},
    {"Samples/demo/answers/conclusion.xml", file90, sizeof file90 - 1},
    {"Samples/demo/answers/conflict-declaration-conflict.xml", file91, sizeof file91 - 1},
    {"Samples/demo/answers/conflict-declaration.xml", file92, sizeof file92 - 1},
    {"Samples/demo/answers/finding-e01.xml", file93, sizeof file93 - 1},
    {"Samples/demo/answers/finding-e02.xml", file94, sizeof file94 - 1},
    {"Samples/demo/answers/finding-e03.xml", file95, sizeof file95 - 1},
    {"Samples/demo/answers/finding-e07.xml", file96, sizeof file96 - 1},
    {"Samples/demo/answers/finding-e08.xml", file97, sizeof file97 - 1},
    {"Samples/demo/answers/finding-e09.xml", file98, sizeof file98 - 1},
    {"Samples/demo/answers/identity.xml", file99, sizeof file99 - 1},
    {"Samples/demo/answers/program.xml", file100, sizeof file100 - 1},
    {"Samples/demo/answers/protocol-appeal.xml", file101, sizeof file101 - 1},
    {"Samples/demo/answers/protocol.xml", file102, sizeof file102 - 1},
    {"Samples/demo/answers/referral.xml", file103, sizeof file103 - 1},
    {"Samples/demo/answers/refusal.xml", file104, sizeof file104 - 1},
    {"Samples/demo/answers/scoring-60.xml", file105, sizeof file105 - 1},
    {"Samples/demo/answers/scoring-61.xml", file106, sizeof file106 - 1},
    {"Samples/demo/answers/scoring-appeal.xml", file107, sizeof file107 - 1},
    {"Samples/demo/answers/scoring.xml", file108, sizeof file108 - 1},
    {"Samples/demo/answers/signature-dissent.xml", file109, sizeof file109 - 1},
    {"Samples/demo/answers/signature.xml", file110, sizeof file110 - 1},
    {"Samples/demo/office/commissions.csv", file111, sizeof file111 - 1},
    {"Samples/demo/office/experts.csv", file112, sizeof file112 - 1},
    {"Samples/demo/office/implementers.csv", file113, sizeof file113 - 1},
    {"Samples/demo/office/institutions.csv", file114, sizeof file114 - 1},
    {"Samples/demo/office/users.csv", file115, sizeof file115 - 1},
    {"Samples/demo/story.txt", file116, sizeof file116 - 1},
    {"Samples/dossiers/appeal/good/quliyev-percent.xml", file117, sizeof file117 - 1},
    {"Samples/dossiers/referral/good/abdullayev-work-injury.xml", file118, sizeof file118 - 1},
    {"Samples/dossiers/referral/good/ahmadova-child.xml", file119, sizeof file119 - 1},
    {"Samples/dossiers/referral/good/huseynov-veteran.xml", file120, sizeof file120 - 1},
    {"Samples/dossiers/referral/good/ibrahimova-repeat.xml", file121, sizeof file121 - 1},
    {"Samples/dossiers/referral/good/karimov-band-edge.xml", file122, sizeof file122 - 1},
    {"Samples/dossiers/referral/good/malikov-incapable.xml", file123, sizeof file123 - 1},
    {"Samples/dossiers/referral/good/nasirov-home-visit.xml", file124, sizeof file124 - 1},
    {"Samples/dossiers/referral/good/petrova-foreigner.xml", file125, sizeof file125 - 1},
    {"Samples/dossiers/referral/good/quliyev-coxarthrosis.xml", file126, sizeof file126 - 1},
    {"Samples/dossiers/referral/good/rahimli-incomplete.xml", file127, sizeof file127 - 1},
    {"Samples/dossiers/referral/good/salimova-inpatient.xml", file128, sizeof file128 - 1},
    {"Samples/dossiers/referral/good/valiyev-groups-az-s3.xml", file129, sizeof file129 - 1},
    {"Messages/Messages.swift", file130, sizeof file130 - 1},
    {"Messages/az.json", file131, sizeof file131 - 1},
    {"Messages/en.json", file132, sizeof file132 - 1},
    {"Messages/ru.json", file133, sizeof file133 - 1},
    {"Schemas/dossier-1.0.xsd", file134, sizeof file134 - 1},
    {"Migrations/0001-initial.postgresql.sql", file135, sizeof file135 - 1},
    {"Migrations/0001-initial.sqlite.sql", file136, sizeof file136 - 1},
    {"Migrations/0002-store-work.sql", file137, sizeof file137 - 1},
    {"Workflows/appeal/admissibility.dmn", file138, sizeof file138 - 1},
    {"Workflows/appeal/appeal.bpmn", file139, sizeof file139 - 1},
    {"Workflows/appeal/outcome.dmn", file140, sizeof file140 - 1},
    {"Workflows/assessment/assessment.bpmn", file141, sizeof file141 - 1},
    {"Workflows/assessment/carer-payment.dmn", file142, sizeof file142 - 1},
    {"Workflows/assessment/checks.dmn", file143, sizeof file143 - 1},
    {"Workflows/assessment/conflict-of-interest.dmn", file144, sizeof file144 - 1},
    {"Workflows/assessment/criteria.dmn", file145, sizeof file145 - 1},
    {"Workflows/assessment/degree-az-2022.dmn", file146, sizeof file146 - 1},
    {"Workflows/assessment/degree-az-s3.dmn", file147, sizeof file147 - 1},
    {"Workflows/assessment/entitlements-az-2022.dmn", file148, sizeof file148 - 1},
    {"Workflows/assessment/entitlements-az-s3.dmn", file149, sizeof file149 - 1},
    {"Workflows/assessment/panel.dmn", file150, sizeof file150 - 1},
    {"Workflows/assessment/term.dmn", file151, sizeof file151 - 1},
    {"Workflows/calendar/az.csv", file152, sizeof file152 - 1},
    {"Workflows/case/medico-social-examination.bpmn", file153, sizeof file153 - 1},
    {"Workflows/legal-acts.csv", file154, sizeof file154 - 1},
    {"Workflows/referral-intake/completeness.dmn", file155, sizeof file155 - 1},
    {"Workflows/referral-intake/exam-mode.dmn", file156, sizeof file156 - 1},
    {"Workflows/referral-intake/referral-intake.bpmn", file157, sizeof file157 - 1},
    {"Workflows/rehabilitation-program/program.dmn", file158, sizeof file158 - 1},
    {"Workflows/rehabilitation-program/rehabilitation-program.bpmn", file159, sizeof file159 - 1},
    {"Workflows/shared/case-status.dmn", file160, sizeof file160 - 1},
    {"Workflows/shared/deadlines.dmn", file161, sizeof file161 - 1},
    {"Workflows/shared/sign-document.bpmn", file162, sizeof file162 - 1},
};

size_t cresources_count(void) { return sizeof files / sizeof files[0]; }

cresources_file cresources_at(size_t index) { return files[index]; }
