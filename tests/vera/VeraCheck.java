import java.io.FileInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * veraPDF over several files in one JVM: VeraCheck 3a,ua1 FILE...
 *
 * Tab-separated lines: "fejl, file, profile, what is wrong" for each broken clause, then
 * "dom, file, profile, true or false" as the verdict. A file that cannot be read has a fault and the verdict false.
 */
public class VeraCheck {
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < args.length; i++) {
            for (String profile : args[0].split(",")) {
                System.out.println(String.join("\t", "dom", args[i], profile, String.valueOf(conforms(args[i], profile))));
            }
        }
    }

    private static boolean conforms(String file, String profile) {
        PDFAFlavour flavour = PDFAFlavour.fromString(profile);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            boolean all = true;
            for (ValidationResult result : validator.validateAll(parser)) {
                all = all && result.isCompliant();
                report(file, profile, result);
            }
            return all;
        } catch (Exception error) {
            System.out.println(String.join("\t", "fejl", file, profile, oneLine(error.toString())));
            return false;
        }
    }

    /** Each broken clause once, with how often and where first. */
    private static void report(String file, String profile, ValidationResult result) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, String> first = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() != TestAssertion.Status.FAILED) {
                continue;
            }
            String clause = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
            counts.merge(clause, 1, Integer::sum);
            first.putIfAbsent(clause, assertion.getMessage() + " @ " + assertion.getLocation().getContext());
        }
        counts.forEach((clause, count) -> System.out.println(String.join("\t",
                "fejl", file, profile, clause + " x" + count + ": " + oneLine(first.get(clause)))));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
