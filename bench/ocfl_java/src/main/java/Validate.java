import io.ocfl.api.OcflRepository;
import io.ocfl.core.OcflRepositoryBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Has ocfl-java validate every object of a storage root, with every digest, and prints what it has to say:
 * one line an issue, then how many objects there are. The exit code is 1 where anything is an error.
 */
public final class Validate {

    public static void main(String[] arguments) throws Exception {
        boolean valid;
        try {
            valid = validate(Path.of(arguments[0]));
        } catch (RuntimeException exc) {
            System.out.println("error storage root: " + exc);
            valid = false;
        }
        System.exit(valid ? 0 : 1);
    }

    private static boolean validate(Path root) throws Exception {
        Path work = Files.createTempDirectory("ocfl-java");
        boolean valid = true;
        OcflRepository repository =
                new OcflRepositoryBuilder().storage(storage -> storage.fileSystem(root)).workDir(work).build();
        List<String> identifiers;
        try (var found = repository.listObjectIds()) {
            identifiers = found.sorted().toList();
        }
        for (String identifier : identifiers) {
            var results = repository.validateObject(identifier, true);
            valid &= !results.hasErrors();
            results.getErrors().forEach(issue -> System.out.println("error " + identifier + " " + issue));
            results.getWarnings().forEach(issue -> System.out.println("warning " + identifier + " " + issue));
            results.getInfos().forEach(issue -> System.out.println("note " + identifier + " " + issue));
        }
        System.out.println(identifiers.size() + " objects");
        repository.close();
        return valid;
    }

    private Validate() {}
}
