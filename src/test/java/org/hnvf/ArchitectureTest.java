package org.hnvf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.InputStream;
import java.util.Collection;
import java.util.stream.Stream;
import org.hnvf.model.CommandResult;

/** Checks the arrows between packages in docs/architecture.md. */
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
          .layer("capture")
          .definedBy("org.hnvf.capture")
          .layer("doctor")
          .definedBy("org.hnvf.doctor")
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
          .mayOnlyAccessLayers(besidesWhatTheServiceUses())
          .whereLayer("daemon")
          .mayOnlyAccessLayers(besidesWhatTheServiceUses("service", "control"))
          .whereLayer("capture")
          .mayOnlyAccessLayers(besidesWhatTheServiceUses("service", "settings"))
          .whereLayer("capture")
          .mayOnlyBeAccessedByLayers("cli", "lab")
          .whereLayer("doctor")
          .mayOnlyAccessLayers(besidesWhatTheServiceUses("service", "settings", "control"))
          .whereLayer("doctor")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("sim")
          .mayOnlyAccessLayers("exec", "model")
          .whereLayer("sim")
          .mayOnlyBeAccessedByLayers("lab")
          .whereLayer("lab")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("lab")
          .mayOnlyAccessLayers(
              besidesWhatTheServiceUses(
                  "capture", "cli", "settings", "daemon", "service", "report", "sim"))
          .whereLayer("report")
          .mayOnlyAccessLayers("journal", "model")
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("main", "lab")
          .whereLayer("cli")
          .mayOnlyAccessLayers(
              "capture",
              "doctor",
              "daemon",
              "service",
              "control",
              "settings",
              "report",
              "override",
              "event",
              "workflow",
              "journal",
              "rcconf",
              "exec",
              "model")
          .allowEmptyShould(true);

  /** These layers, and all that {@code service} may use. */
  private static String[] besidesWhatTheServiceUses(String... more) {
    return Stream.concat(
            Stream.of(more),
            Stream.of(
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
                "model"))
        .toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule onlyTheMainOfEachJarExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.hnvf.Main")
          .and()
          .doNotHaveFullyQualifiedName("org.hnvf.lab.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  /** hnvf.jar loads no class of hnvf-lab.jar, which may not be installed. */
  @ArchTest
  static final ArchRule theProductKnowsNoLaboratory =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hnvf.sim", "org.hnvf.lab..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.hnvf.sim", "org.hnvf.lab..", "com.google.common.jimfs..");

  /** A misunderstanding of FreeBSD must not be mirrored: the guest has parsers of its own. */
  @ArchTest
  static final ArchRule theSimulatorSharesNoNameWithTheProduct =
      classes().that().resideInAPackage("org.hnvf.sim").should(haveANameOfTheirOwn());

  private static ArchCondition<JavaClass> haveANameOfTheirOwn() {
    return new ArchCondition<>("have a simple name that no class of the product has") {
      private ImmutableSet<String> product = ImmutableSet.of();

      @Override
      public void init(Collection<JavaClass> all) {
        product =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.hnvf")
                    .stream()
                    .filter(type -> type.isTopLevelClass() && isOfTheProduct(type))
                    .map(JavaClass::getSimpleName)
                    .collect(ImmutableSet.toImmutableSet());
      }

      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (type.isTopLevelClass() && product.contains(type.getSimpleName())) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " has the name of a class of the product"));
        }
      }
    };
  }

  private static boolean isOfTheProduct(JavaClass type) {
    return !type.getSimpleName().equals("package-info")
        && !type.getPackageName().startsWith("org.hnvf.sim")
        && !type.getPackageName().startsWith("org.hnvf.lab");
  }

  @ArchTest
  static final ArchRule oneUserOfCommonsExec =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hnvf.exec")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.commons.exec..");

  /** The classes of an event and of the daemon are few; FastLaneTest checks the running process. */
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
   * The kept output of a program may be incomplete; only {@link CommandResult#wholeText} reports
   * it. The evaluation of rc.conf has its own end mark, and names the file that broke it; a person
   * is shown the incomplete output. A capture shows the output of a command that failed, too, and
   * refuses an incomplete one.
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
          .doNotHaveFullyQualifiedName("org.hnvf.capture.Results")
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
