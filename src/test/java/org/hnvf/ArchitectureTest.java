package org.hnvf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.InputStream;
import org.hnvf.model.CommandResult;

/** Holds the arrows of the house as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "org.hnvf", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.hnvf..")
          .withOptionalLayers(true)
          .layer("main")
          .definedBy("org.hnvf")
          .layer("model")
          .definedBy("org.hnvf.model")
          .layer("exec")
          .definedBy("org.hnvf.exec")
          .layer("freebsd")
          .definedBy("org.hnvf.freebsd")
          .layer("rcconf")
          .definedBy("org.hnvf.rcconf")
          .layer("guest")
          .definedBy("org.hnvf.guest")
          .layer("state")
          .definedBy("org.hnvf.state")
          .layer("pairconfig")
          .definedBy("org.hnvf.pairconfig")
          .layer("plan")
          .definedBy("org.hnvf.plan")
          .layer("journal")
          .definedBy("org.hnvf.journal")
          .layer("workflow")
          .definedBy("org.hnvf.workflow")
          .layer("override")
          .definedBy("org.hnvf.override")
          .layer("event")
          .definedBy("org.hnvf.event")
          .layer("settings")
          .definedBy("org.hnvf.settings")
          .layer("control")
          .definedBy("org.hnvf.control")
          .layer("service")
          .definedBy("org.hnvf.service")
          .layer("daemon")
          .definedBy("org.hnvf.daemon")
          .layer("sim")
          .definedBy("org.hnvf.sim")
          .layer("lab")
          .definedBy("org.hnvf.lab..")
          .layer("report")
          .definedBy("org.hnvf.report")
          .layer("cli")
          .definedBy("org.hnvf.cli")
          .whereLayer("main")
          .mayOnlyAccessLayers("cli", "model")
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("exec")
          .mayOnlyAccessLayers("model")
          .whereLayer("freebsd")
          .mayOnlyAccessLayers("model")
          .whereLayer("rcconf")
          .mayOnlyAccessLayers("exec", "model")
          .whereLayer("guest")
          .mayOnlyAccessLayers("freebsd", "exec", "rcconf", "model")
          .whereLayer("state")
          .mayOnlyAccessLayers("freebsd", "model")
          .whereLayer("pairconfig")
          .mayOnlyAccessLayers("state", "rcconf", "freebsd", "model")
          .whereLayer("plan")
          .mayOnlyAccessLayers("state", "pairconfig", "freebsd", "model")
          .whereLayer("journal")
          .mayOnlyAccessLayers("exec", "model")
          .whereLayer("settings")
          .mayOnlyAccessLayers("exec", "model")
          .whereLayer("workflow")
          .mayOnlyAccessLayers("plan", "pairconfig", "state", "guest", "journal", "exec", "model")
          .whereLayer("override")
          .mayOnlyAccessLayers("exec", "model")
          .whereLayer("event")
          .mayOnlyAccessLayers("freebsd", "model")
          .whereLayer("control")
          .mayOnlyAccessLayers("model")
          .whereLayer("service")
          .mayOnlyAccessLayers(
              "override",
              "event",
              "workflow",
              "journal",
              "plan",
              "pairconfig",
              "state",
              "guest",
              "rcconf",
              "freebsd",
              "exec",
              "model")
          .whereLayer("daemon")
          .mayOnlyAccessLayers(
              "service",
              "control",
              "override",
              "event",
              "workflow",
              "journal",
              "plan",
              "pairconfig",
              "state",
              "guest",
              "rcconf",
              "freebsd",
              "exec",
              "model")
          .whereLayer("sim")
          .mayOnlyAccessLayers("freebsd", "exec", "event", "model")
          .whereLayer("lab")
          .mayOnlyAccessLayers(
              "daemon",
              "service",
              "report",
              "sim",
              "override",
              "event",
              "workflow",
              "journal",
              "plan",
              "pairconfig",
              "state",
              "guest",
              "rcconf",
              "freebsd",
              "exec",
              "model")
          .whereLayer("report")
          .mayOnlyAccessLayers("journal", "model")
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("main")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyMainExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.hnvf.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule oneUserOfCommonsExec =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hnvf.exec")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.exec..");

  /** What the way of an event and the daemon take is small; FastLaneTest looks at it running. */
  @ArchTest
  static final ArchRule theWayOfAnEventTakesNeitherPicocliNorDatabind =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.hnvf.cli", "org.hnvf.report", "org.hnvf.sim", "org.hnvf.lab..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "com.fasterxml.jackson.databind..");

  /** Its parser, which is small, reads the configuration file. */
  @ArchTest
  static final ArchRule jacksonsParserReadsTheConfigurationFileAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.hnvf.settings", "org.hnvf.report", "org.hnvf.sim", "org.hnvf.lab..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule theCoreDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.hnvf.model",
              "org.hnvf.freebsd",
              "org.hnvf.state",
              "org.hnvf.pairconfig",
              "org.hnvf.plan")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.lang.management..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InputStream.class);

  /**
   * What a program printed may be a part of what it wrote: only {@link CommandResult#wholeText}
   * tells. The evaluation of rc.conf has an end of its own, and says of a part which file broke it;
   * a person is shown what there is.
   */
  @ArchTest
  static final ArchRule parsersReadWholeTexts =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.hnvf.model", "org.hnvf.exec", "org.hnvf.sim", "org.hnvf.lab..")
          .and()
          .doNotHaveFullyQualifiedName("org.hnvf.rcconf.EvaluationOutput")
          .and()
          .doNotHaveFullyQualifiedName("org.hnvf.cli.SimCommand")
          .should()
          .callMethod(CommandResult.class, "stdout");

  @ArchTest
  static final ArchRule noStaticState =
      classes()
          .should(
              new ArchCondition<>("have no static field that changes") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getFields().stream()
                      .filter(
                          f ->
                              f.getModifiers().contains(JavaModifier.STATIC)
                                  && !f.getModifiers().contains(JavaModifier.FINAL))
                      .forEach(
                          f ->
                              events.add(
                                  SimpleConditionEvent.violated(
                                      f, f.getFullName() + " is static and not final")));
                }
              });
}
